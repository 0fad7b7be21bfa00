package io.mldelivery.training.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePatternsTest {
    @TempDir
    Path root;

    @BeforeEach
    void makeFiles() throws IOException {
        for (String file : List.of("top.csv", "data/a.csv", "data/b.json", "data/deep/c.csv")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "x");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "top.csv       | top.csv",
                "data/*        | data/a.csv data/b.json",
                "data/*.csv    | data/a.csv",
                "data/**       | data/a.csv data/b.json data/deep/c.csv",
                "data          | data/a.csv data/b.json data/deep/c.csv",
                "data/         | data/a.csv data/b.json data/deep/c.csv",
                "**/*.csv      | data/a.csv data/deep/c.csv top.csv",
                "data/**/*.csv | data/a.csv data/deep/c.csv",
                "data/?.csv    | data/a.csv",
            })
    void shouldFindWhatMatches(String pattern, String expected) throws IOException {
        assertThat(FilePatterns.find(root, List.of(pattern), true).stream()
                        .map(file -> root.relativize(file).toString()))
                .containsExactly(expected.split(" "));
    }

    @Test
    void shouldFailOnNothingOnlyWhenStrict() throws IOException {
        assertThat(FilePatterns.find(root, List.of("*.parquet"), false)).isEmpty();
        assertThatThrownBy(() -> FilePatterns.find(root, List.of("*.parquet"), true))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("no file matches data '*.parquet'");
    }

    @Test
    void shouldStayInTheWorkspace() {
        assertThatThrownBy(() -> FilePatterns.find(root, List.of("../*"), false))
                .hasMessageContaining("leaves the workspace");
        assertThatThrownBy(() -> FilePatterns.find(root, List.of("/etc/passwd"), false))
                .hasMessageContaining("leaves the workspace");
    }
}
