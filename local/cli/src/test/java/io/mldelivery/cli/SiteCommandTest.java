package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void buildAPlugin() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Map.of(
                        "Short-Name", "ml-base",
                        "Plugin-Version", "1.0",
                        "Long-Name", "ML base",
                        "Specification-Title", "Base of the rest",
                        "Url", "https://example.org/",
                        "Jenkins-Version", "2.541.3",
                        "Minimum-Java-Version", "17",
                        "Group-Id", "io.jenkins.plugins")
                .forEach(manifest.getMainAttributes()::putValue);
        Path file = Files.createDirectories(folder.resolve("plugins")).resolve("ml-base.hpi");
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private int write(String... more) {
        String[] given = {"site", "--plugins", path("plugins"), "--output", path("site"), "--url", "https://host/ml/"};
        String[] all = java.util.Arrays.copyOf(given, given.length + more.length);
        System.arraycopy(more, 0, all, given.length, more.length);
        return run(all);
    }

    @Test
    void shouldWriteASiteThatVerifies() throws IOException {
        assertThat(write("--trial-keys", path("keys"))).isZero();
        assertThat(out.toString()).startsWith("1 plugins in 1 versions: ");

        assertThat(run("verify", "site", path("site"), "--core", "2.541.3")).isZero();
        assertThat(out.toString()).startsWith("PASS: 1 plugins in 1 versions, 0 findings.");
        assertThat(run("verify", "site", path("site"), "--core", "2.479", "--json"))
                .isEqualTo(1);
        assertThat(out.toString())
                .startsWith("{\"outcome\":\"FAIL\",\"plugins\":1")
                .contains("ml-base 1.0 needs Jenkins 2.541.3 or newer; the controller has 2.479");
        Path list = folder.resolve("site/plugin-versions.json");
        Files.writeString(list, Files.readString(list).replace("ml-base", "ml-case"));
        assertThat(run("verify", "site", path("site"))).isEqualTo(1);
        assertThat(out.toString()).contains("- plugin-versions.json was changed after it was signed");
    }

    @Test
    void shouldNotServeItsKeys() {
        assertThat(write("--trial-keys", path("site/keys"))).isEqualTo(Main.USAGE);
        assertThat(err.toString()).contains("is inside the site and would be served");
        assertThat(folder.resolve("site")).doesNotExist();
    }

    @Test
    void shouldAskForKeys() {
        assertThat(write()).isEqualTo(Main.USAGE);
        assertThat(write("--keystore", path("own.p12"))).isEqualTo(Main.USAGE);
        assertThat(err.toString()).contains("--password-file");
    }

    @Test
    void shouldSayWhenThereIsNoSite() {
        assertThat(run("verify", "site", path("plugins"), "--root", path("none.crt")))
                .isEqualTo(Main.USAGE);
        assertThat(err.toString()).contains("the root certificate " + path("none.crt") + " cannot be read");
    }

    @Test
    void shouldStillAskVerifyForWhatToVerify() {
        assertThat(run("verify")).isEqualTo(Main.USAGE);
        assertThat(err.toString()).contains("EVIDENCE_OR_BUNDLE");
    }
}
