package io.mldelivery.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.site.JenkinsChecks.Refused;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateSiteTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:15:30Z");

    @TempDir
    private static Path keyFolder;

    private static SiteKeys keys;
    private static SiteKeys otherKeys;

    @TempDir
    private Path folder;

    private Path site;
    private PluginFiles plugins;
    private JenkinsChecks jenkins;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TrialKeys.in(keyFolder.resolve("ours"));
        otherKeys = TrialKeys.in(keyFolder.resolve("theirs"));
    }

    @BeforeEach
    void writeSite() throws Exception {
        site = folder.resolve("site");
        plugins = new PluginFiles(folder.resolve("plugins"));
        plugins.write("ml-base", "1.0", "structs:362.va_b_695ef4fdf9");
        plugins.write("ml-more", "1.0", "ml-base:1.0,jackson2-api:2.22.1-443.vc9;resolution:=optional");
        write(NOW);
        Path trusted = Files.createDirectories(folder.resolve("update-center-rootCAs"));
        Files.copy(site.resolve("rootCA.crt"), trusted.resolve("ml.crt"));
        jenkins = new JenkinsChecks(trusted);
    }

    private UpdateSite.Written write(Instant now) throws IOException {
        return update(keys, now).write(folder.resolve("plugins"), site, "## 1.0\n- First", false);
    }

    private static UpdateSite update(SiteKeys keys, Instant now) {
        return new UpdateSite(new SiteSettings(URI.create("https://plugins.example.org/ml"), "ml-delivery", keys, now));
    }

    private SiteReport verify() throws IOException {
        return SiteVerifier.verify(site, site.resolve("rootCA.crt"), Controller.unknown());
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(site.resolve(name).toFile());
    }

    @Test
    void shouldWriteWhatJenkinsAccepts() throws Exception {
        Map<String, JenkinsChecks.Entry> read = jenkins.update(Files.readString(site.resolve("update-center.json")));

        assertThat(read).containsOnlyKeys("ml-base", "ml-more");
        assertThat(read.get("ml-more").dependencies()).isEqualTo(Map.of("ml-base", "1.0"));
        assertThat(read.get("ml-base").url())
                .isEqualTo("https://plugins.example.org/ml/download/plugins/ml-base/1.0/ml-base.hpi");
        for (JenkinsChecks.Entry entry : read.values()) {
            JenkinsChecks.verifyChecksums(entry, Files.readAllBytes(file(entry.name())));
        }
    }

    private Path file(String name) {
        return site.resolve("download/plugins/" + name + "/1.0/" + name + ".hpi");
    }

    @Test
    void shouldFindItsOwnSiteInOrder() throws IOException {
        SiteReport report = verify();

        assertThat(report.findings()).isEmpty();
        assertThat(report.plugins()).isEqualTo(2);
        assertThat(report.versions()).isEqualTo(2);
        assertThat(report.validUntil()).isAfter(Instant.now());
        assertThat(report.rootFingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }

    @Test
    void shouldNoticeAChangedPluginFile() throws Exception {
        Files.write(file("ml-base"), new byte[] {0}, StandardOpenOption.APPEND);

        assertThat(verify().findings())
                .containsExactly("download/plugins/ml-base/1.0/ml-base.hpi is not the file that was signed");
        JenkinsChecks.Entry entry = jenkins.update(Files.readString(site.resolve("update-center.json")))
                .get("ml-base");
        assertThatThrownBy(() -> JenkinsChecks.verifyChecksums(entry, Files.readAllBytes(file("ml-base"))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("SHA-512");
    }

    @Test
    void shouldNoticeAChangedList() throws IOException {
        String changed = Files.readString(site.resolve("update-center.json")).replace("2.541.3", "2.479.3");
        Files.writeString(site.resolve("update-center.json"), changed);
        assertThat(verify().findings()).containsExactly("update-center.json and update-center.actual.json differ");
        Files.writeString(
                site.resolve("update-center.actual.json"),
                changed.substring(changed.indexOf('{'), changed.lastIndexOf('}') + 1));

        assertThat(verify().findings()).contains("update-center.actual.json was changed after it was signed");
        assertThatThrownBy(() -> jenkins.update(changed))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("digest mismatch");
    }

    @Test
    void shouldNoticeASignatureOfSomebodyElse() throws IOException {
        Path theirs = folder.resolve("theirs");
        update(otherKeys, NOW).write(folder.resolve("plugins"), theirs, "", false);

        assertThat(SiteVerifier.verify(theirs, site.resolve("rootCA.crt"), Controller.unknown())
                        .findings())
                .hasSize(2)
                .allMatch(finding -> finding.contains("does not lead to the root certificate"));
        String served = Files.readString(theirs.resolve("update-center.json"));
        assertThatThrownBy(() -> jenkins.update(served))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Signature verification failed");
    }

    @Test
    void shouldNoticeASignatureThatWasTakenAway() throws IOException {
        String unsigned =
                Files.readString(site.resolve("plugin-versions.json")).replaceFirst(",\"signature\":\\{[^}]*}", "");
        Files.writeString(site.resolve("plugin-versions.json"), unsigned);

        assertThat(verify().findings()).containsExactly("plugin-versions.json has no signature");
    }

    @Test
    void shouldNoticeFilesThatAreMissingOrUnlisted() throws IOException {
        Files.delete(file("ml-base"));
        Files.copy(file("ml-more"), site.resolve("download/plugins/ml-more/extra.hpi"));

        assertThat(verify().findings())
                .contains(
                        "the site lacks https://plugins.example.org/ml/download/plugins/ml-base/1.0/ml-base.hpi",
                        "download/plugins/ml-more/extra.hpi is on the site but in no list");
    }

    @Test
    void shouldSayWhichPluginsAControllerWouldNotLoad() throws IOException {
        Controller old = new Controller(Optional.of("2.504.1"), Optional.of(Map.of("structs", "337.v1b_04ea_4df7c8")));

        assertThat(SiteVerifier.verify(site, site.resolve("rootCA.crt"), old).findings())
                .containsExactly(
                        "ml-base 1.0 needs Jenkins 2.541.3 or newer; the controller has 2.504.1",
                        "ml-base 1.0 needs structs 362.va_b_695ef4fdf9 or newer; the controller has 337.v1b_04ea_4df7c8",
                        "ml-more 1.0 needs Jenkins 2.541.3 or newer; the controller has 2.504.1");
        Controller bare = new Controller(Optional.of("2.541.3"), Optional.of(Map.of()));
        assertThat(SiteVerifier.verify(site, site.resolve("rootCA.crt"), bare).findings())
                .containsExactly(
                        "ml-base 1.0 needs structs 362.va_b_695ef4fdf9, which neither the site nor the controller has");
    }

    @Test
    void shouldAcceptAControllerWithNewerParts() throws IOException {
        Path list = Files.writeString(
                folder.resolve("plugins.txt"), "# ours\nstructs:latest # newest\n\ngit:5.7.0:https://x/y.hpi\n");
        Controller recent = new Controller(Optional.of("2.560"), Optional.of(Controller.plugins(list)));

        assertThat(Controller.plugins(list)).isEqualTo(Map.of("structs", "", "git", "5.7.0"));
        assertThat(SiteVerifier.verify(site, site.resolve("rootCA.crt"), recent).findings())
                .isEmpty();
    }

    @Test
    void shouldKeepOlderVersionsAndTheirDates() throws Exception {
        plugins.write("ml-base", "1.10", "structs:362.va_b_695ef4fdf9");
        UpdateSite.Written written = write(NOW.plusSeconds(86_400));

        assertThat(written.plugins()).isEqualTo(2);
        assertThat(written.versions()).isEqualTo(3);
        assertThat(json("update-center.actual.json")
                        .at("/plugins/ml-base/version")
                        .asText())
                .isEqualTo("1.10");
        JsonNode versions = json("plugin-versions.json").path("plugins").path("ml-base");
        assertThat(versions.path("1.0").path("releaseTimestamp").asText()).isEqualTo("2026-11-21T10:15:30.00Z");
        assertThat(versions.path("1.10").path("releaseTimestamp").asText()).isEqualTo("2026-11-22T10:15:30.00Z");
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void shouldNotChangeAVersionUnlessTold() throws IOException {
        plugins.write("ml-base", Map.of("Specification-Title", "Something else"));

        assertThatThrownBy(() -> write(NOW))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("the site already has ml-base 1.0 with other contents");
        update(keys, NOW).write(folder.resolve("plugins"), site, "", true);
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void shouldWriteTheSameBytesTwice() throws IOException {
        Path again = folder.resolve("again");
        update(keys, NOW).write(folder.resolve("plugins"), again, "## 1.0\n- First", false);

        try (Stream<Path> files = Files.walk(site)) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSize(8)
                    .allSatisfy(file ->
                            assertThat(again.resolve(site.relativize(file))).hasSameBinaryContentAs(file));
        }
    }

    @Test
    void shouldRefuseASiteThatLacksOneOfItsOwnPlugins() {
        assertThatThrownBy(() -> {
                    Files.delete(folder.resolve("plugins/ml-base.hpi"));
                    update(keys, NOW).write(folder.resolve("plugins"), folder.resolve("new"), "", false);
                })
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("ml-more 1.0 needs ml-base 1.0, which the site would not have");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void shouldRefuseTextThatJenkinsWouldReadDifferently() throws IOException {
        for (String title : new String[] {"[not an array]", "Größe", "a </script> b", "null"}) {
            plugins.write("ml-base", Map.of("Specification-Title", title));
            assertThatThrownBy(() -> write(NOW))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("has a Specification-Title that is not plain ASCII text");
        }
    }

    @Test
    void shouldRefuseWhatIsNoPlugin() throws IOException {
        Files.writeString(folder.resolve("plugins/ml-broken.hpi"), "no zip");

        assertThatThrownBy(() -> write(NOW))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("ml-broken.hpi is no plugin file: it has no manifest");
        assertThatThrownBy(() -> update(keys, NOW).write(folder.resolve("none"), site, "", false))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("no .hpi files in");
    }

    @Test
    void shouldRefuseAnAddressOrIdThatCannotWork() {
        for (String url :
                new String[] {"plugins.example.org", "file:///srv/site", "https://a:b@host/", "https://host/?x=1"}) {
            assertThatThrownBy(() -> new SiteSettings(URI.create(url), "ml", keys, NOW))
                    .as(url)
                    .isInstanceOf(DeliveryException.class);
        }
        for (String id : new String[] {"default", "", "a b", "../x"}) {
            assertThatThrownBy(() -> new SiteSettings(URI.create("https://host/"), id, keys, NOW))
                    .as(id)
                    .isInstanceOf(DeliveryException.class);
        }
    }

    @Test
    void shouldShowPeopleWhatThereIs() throws IOException {
        assertThat(Files.readString(site.resolve("index.html")))
                .contains("Does &quot;ml-base&quot; \\ and more", keys.rootFingerprint(), "2026-11-21", "2.541.3");
        assertThat(Files.readString(site.resolve("release-notes.html")))
                .contains("<h2>1.0</h2>\n<ul>\n<li>First</li>\n</ul>");
    }

    @Test
    void shouldKeepTrialKeysToTheirOwner() throws Exception {
        Path ours = keyFolder.resolve("ours");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ours.resolve("trial.p12"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ours.resolve("trial.password"))))
                .isEqualTo("rw-------");
        assertThat(TrialKeys.in(ours).rootFingerprint())
                .isEqualTo(keys.rootFingerprint())
                .isNotEqualTo(otherKeys.rootFingerprint());
        try (Stream<Path> files = Files.list(ours)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void shouldSayWhenAKeyFileCannotBeUsed() throws IOException {
        Path noKeys = Files.writeString(folder.resolve("no.p12"), "not a key store");

        assertThatThrownBy(() -> SiteKeys.load(noKeys, "x".toCharArray()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("key file " + noKeys + " cannot be used");
        assertThatThrownBy(() -> SiteKeys.load(keyFolder.resolve("ours/trial.p12"), "wrong".toCharArray()))
                .isInstanceOf(DeliveryException.class);
    }
}
