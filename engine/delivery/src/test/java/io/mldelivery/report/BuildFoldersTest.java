package io.mldelivery.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildFoldersTest {
    @TempDir
    private Path home;

    private Path build(String folder, int writtenAt) throws IOException {
        Path file = Files.createDirectories(home.resolve(folder)).resolve("evidence.jsonl");
        Files.writeString(file, "");
        return Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + writtenAt));
    }

    private Path find(String job, int number) {
        OptionalInt build = number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
        return new BuildFolders(home).evidence(Optional.ofNullable(job), build);
    }

    @Test
    void shouldFindTheNewestBuildOfAnyJob() throws IOException {
        build("jobs/flights/builds/2", 20);
        Path newest = build("jobs/team/jobs/iris/builds/1", 30);
        build("builds/7", 10);

        assertThat(find(null, 0)).isEqualTo(newest);
    }

    @Test
    void shouldFindANumberedBuildOfAJob() throws IOException {
        Path wanted = build("jobs/flights/builds/1", 10);
        build("jobs/flights/builds/2", 20);
        build("jobs/iris/builds/1", 30);

        assertThat(find("flights", 1)).isEqualTo(wanted);
    }

    @Test
    void shouldFindEveryBuildOfAJob() throws IOException {
        Path first = build("jobs/flights/builds/1", 10);
        Path second = build("jobs/flights/builds/2", 20);
        build("jobs/iris/builds/1", 30);

        assertThat(new BuildFolders(home).evidence("flights")).containsExactlyInAnyOrder(first, second);
        assertThat(new BuildFolders(home).evidence("none")).isEmpty();
    }

    @Test
    void shouldNotLookIntoWorkspaces() throws IOException {
        build("workspace/builds/1", 10);

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> find("flights", 3))
                .withMessageContaining("there is no evidence of build 3 of job flights");
    }

    @Test
    void shouldSayThatAnEmptyHomeHasNone() {
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> find(null, 0))
                .withMessageContaining(home + ": there is no evidence of a build");
    }
}
