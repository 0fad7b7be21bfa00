package io.mldelivery.drift.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.verdict.ColumnVerdict;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.DeliveryException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden").toAbsolutePath();

    @TempDir
    Path folder;

    private final DriftCheck check = new DriftCheck(TableOptions.in(GOLDEN), DriftPolicy.calibrated());

    private Path write(Profile profile) {
        Path file = folder.resolve("reference.profile");
        AtomicFile.write(file, ProfileFile.write(profile));
        return file;
    }

    @Test
    void shouldGiveSameVerdictsWhenReferenceIsAProfile() {
        Path file = write(check.profile("small_ref.csv"));
        DriftVerdict exact = check.compare("small_ref.csv", "small_cur.csv");
        DriftVerdict profiled = check.compare(file.toString(), "small_cur.csv");
        assertThat(profiled.columns())
                .extracting(ColumnVerdict::name, ColumnVerdict::drifted)
                .containsExactlyElementsOf(exact.columns().stream()
                        .map(c -> org.assertj.core.groups.Tuple.tuple(c.name(), c.drifted()))
                        .toList());
        for (int i = 0; i < exact.columns().size(); i++) {
            compare(
                    DriftJson.of(exact).get("columns").get(i),
                    DriftJson.of(profiled).get("columns").get(i));
        }
    }

    /** PSI is exact; KS is as exact as it says; what is kept completely is exact altogether. */
    private static void compare(JsonNode exact, JsonNode profiled) {
        String name = exact.get("name").asText();
        JsonNode left = exact.get("statistics");
        JsonNode right = profiled.get("statistics");
        assertThat(profiled.get("nulls")).as(name).isEqualTo(exact.get("nulls"));
        assertThat(right.get("psi").asDouble())
                .as(name)
                .isCloseTo(left.get("psi").asDouble(), within(1e-12));
        if (!right.at("/ks/error").isMissingNode()) {
            double error = right.at("/ks/error").asDouble();
            assertThat(error).as(name).isLessThan(0.03);
            assertThat(left.at("/ks/statistic").asDouble()
                            - right.at("/ks/statistic").asDouble())
                    .as(name)
                    .isBetween(-1e-12, error + 1e-12);
            assertThat(right.get("wasserstein").asDouble())
                    .as(name)
                    .isCloseTo(
                            left.get("wasserstein").asDouble(),
                            within(0.1 * left.get("wasserstein").asDouble()));
        } else if (left.has("ks")) {
            assertThat(right.at("/ks/statistic").asDouble())
                    .as(name)
                    .isCloseTo(left.at("/ks/statistic").asDouble(), within(1e-12));
        } else {
            assertThat(right).as(name).isEqualTo(left);
        }
    }

    @Test
    void shouldReadBackWhatWasWritten() {
        Profile profile = check.profile("small_ref.csv");
        Path file = write(profile);
        assertThat(ProfileFile.is(file)).isTrue();
        assertThat(ProfileFile.is(GOLDEN.resolve("small_ref.csv"))).isFalse();
        assertThat(ProfileFile.write(ProfileFile.read("p", file))).isEqualTo(ProfileFile.write(profile));
    }

    @Test
    void shouldRefuseWhenProfileWasChangedOrCutOrIsOfAnotherVersion() throws IOException {
        Path file = write(check.profile("small_ref.csv"));
        byte[] good = Files.readAllBytes(file);
        String text =
                new String(new GZIPInputStream(new ByteArrayInputStream(good)).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(problem(file, gzip(text.replaceFirst("\"rows\":500", "\"rows\":501"))))
                .contains("was changed");
        assertThat(problem(file, gzip(text.replaceFirst("\"version\":1", "\"version\":2"))))
                .contains("has version 2");
        assertThat(problem(file, gzip(text.substring(0, 60)))).contains("cut off");
        assertThat(problem(file, Arrays.copyOf(good, good.length / 2))).contains("cut off");
    }

    private String problem(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        var problem = new String[1];
        assertThatThrownBy(() -> check.compare(file.toString(), "small_cur.csv"))
                .isInstanceOfSatisfying(DeliveryException.class, e -> problem[0] = e.what());
        assertThat(problem[0]).hasLineCount(1);
        return problem[0];
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldStayBelowOneMegabyteWhenThereAreAThousandColumns() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("c0");
        for (int column = 1; column < 1000; column++) {
            text.append(",c").append(column);
        }
        for (int row = 0; row < 400; row++) {
            text.append('\n').append(random.nextGaussian());
            for (int column = 1; column < 1000; column++) {
                text.append(',').append(random.nextGaussian() * column);
            }
        }
        AtomicFile.write(folder.resolve("wide.csv"), text.append('\n').toString());
        Profile profile = new DriftCheck(TableOptions.in(folder), DriftPolicy.calibrated()).profile("wide.csv");
        assertThat(ProfileFile.write(profile).length).isLessThan(1_000_000);
        assertThat(profile.columns()).hasSize(1000);
    }

    @Test
    void shouldKeepRareCategoriesTogetherWhenThereAreMany() {
        StringBuilder reference = new StringBuilder("k\n");
        StringBuilder current = new StringBuilder("k\n");
        for (int i = 0; i < 3000; i++) {
            reference.append("level").append(i % 500).append('\n');
            current.append("level").append(i % 400).append('\n');
        }
        AtomicFile.write(folder.resolve("r.csv"), reference.toString());
        AtomicFile.write(folder.resolve("c.csv"), current.toString());
        var local = new DriftCheck(TableOptions.in(folder), DriftPolicy.calibrated());
        Profile profile = local.profile("r.csv");
        assertThat(((CategoryProfile) profile.columns().get(0)).otherLevels()).isEqualTo(300);
        assertThat(local.compare(profile, "r.csv").drifted()).isEmpty();
        assertThat(List.of(local.compare(profile, "c.csv")
                        .columns()
                        .get(0)
                        .measurement()
                        .current()
                        .values()))
                .containsExactly(3000L);
    }
}
