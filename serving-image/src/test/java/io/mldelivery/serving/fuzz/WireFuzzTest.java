package io.mldelivery.serving.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Replays the corpus of the fuzzer, and a little chance. */
class WireFuzzTest {

    private static final Path CORPUS = Path.of("src/test/resources/fuzz");

    private static List<Path> corpus() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.sorted().toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldReadOrRefuseTheCorpus() throws IOException {
        assertThat(corpus()).isNotEmpty();
        return corpus().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(), () -> WireFuzz.fuzzerTestOneInput(Files.readAllBytes(file))));
    }

    /** What 25 minutes of fuzzing kept: for each branch of the readers an input that takes it. */
    @Test
    void shouldReadOrRefuseWhatTheFuzzerKept() throws IOException {
        int inputs = 0;
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(CORPUS.resolveSibling("fuzz-corpus.zip")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] input = zip.readAllBytes();
                assertThatCode(() -> WireFuzz.fuzzerTestOneInput(input))
                        .as(entry.getName())
                        .doesNotThrowAnyException();
                inputs++;
            }
        }
        assertThat(inputs).isGreaterThan(1000);
    }

    @Test
    void shouldReadOrRefuseMutations() throws IOException {
        Random random = new Random(7);
        for (Path file : corpus()) {
            byte[] seed = Files.readAllBytes(file);
            for (int i = 0; i < 200 && seed.length > 0; i++) {
                byte[] mutated = seed.clone();
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
                mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
                assertThatCode(() -> WireFuzz.fuzzerTestOneInput(mutated)).doesNotThrowAnyException();
            }
        }
    }
}
