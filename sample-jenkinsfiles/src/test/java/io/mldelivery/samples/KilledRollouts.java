package io.mldelivery.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.evidence.EvidenceLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Builds with a rollout beside retries and timeouts, killed at random moments as {@code kill -9} does, and resumed: two
 * versions take turns as the new one, every second build is a rehearsal that must be rolled back.
 */
final class KilledRollouts {
    private static final int KILLS_OF_ONE_BUILD = 3;
    private static final Duration EARLIEST = Duration.ofMillis(1_500);
    private static final Duration LATEST = Duration.ofSeconds(12);

    private final Launcher launcher;
    private final Path home;
    private final Path folder;
    private final Path sample;
    private final Random random;

    /**
     * @param home the launcher's home, where version 1 of the quickstart's model serves as champion and version 2 is registered
     * @param folder where the job and its workspaces are made
     */
    KilledRollouts(Launcher launcher, Path home, Path folder, long seed) throws IOException {
        this.launcher = launcher;
        this.home = home;
        this.folder = Files.createDirectories(folder.resolve("killed"));
        this.sample = trained(home);
        this.random = new Random(seed);
        try (var script = getClass().getResourceAsStream("killed.groovy")) {
            Files.write(this.folder.resolve("Jenkinsfile"), script.readAllBytes());
        }
    }

    /** Kills and resumes builds until that many kills are done, and looks at each build's end; gives the champion's version. */
    String killAndResume(int kills) throws Exception {
        int champion = 1;
        int done = 0;
        for (int build = 1; done < kills; build++) {
            boolean rehearsal = build % 2 == 0;
            int version = 3 - champion;
            done += killed(build, version, rehearsal, Math.min(KILLS_OF_ONE_BUILD, kills - done));
            assertEnd(build, rehearsal ? champion : version, rehearsal ? "rolled-back" : "promoted");
            champion = rehearsal ? champion : version;
        }
        return String.valueOf(champion);
    }

    private int killed(int build, int version, boolean rehearsal, int most) throws Exception {
        int kills = 0;
        while (kills < most && !isEnded(build)) {
            Launcher.Running running = start(build, version, rehearsal);
            Duration life =
                    EARLIEST.plusMillis(random.nextLong(LATEST.minus(EARLIEST).toMillis()));
            if (!running.endsWithin(life)) {
                running.kill();
                kills++;
            }
        }
        if (!isEnded(build)) {
            assertThat(start(build, version, rehearsal).finish())
                    .satisfies(
                            end -> assertThat(end.exitCode()).as(end.output()).isZero());
        }
        return kills;
    }

    private Launcher.Running start(int build, int version, boolean rehearsal) throws IOException {
        List<String> more = new ArrayList<>(List.of(
                "--job",
                job(build),
                "--workspace",
                workspace(build).toString(),
                "-a",
                "VERSION=" + version,
                "-a",
                "FAULT=" + (rehearsal ? "errors" : "none")));
        if (!found(build, "program.dat").isEmpty()) {
            more.add("--resume");
        }
        return launcher.runAt(folder, more.toArray(String[]::new));
    }

    private void assertEnd(int build, int serving, String state) throws IOException {
        assertThat(Files.readAllLines(workspace(build).resolve("counts")))
                .as("steps of build %d", build)
                .containsExactlyInAnyOrderElementsOf(everyStepOnce(state));
        List<EvidenceEvent> ends = evidence(build).stream()
                .filter(event -> event.type().equals("rollout.finished"))
                .toList();
        assertThat(ends).as("ends of the rollout of build %d", build).hasSize(1);
        assertThat(ends.get(0).data().at("/state").asText()).isEqualTo(state);
        assertThat(ends.get(0).data().at("/weights/" + serving).asInt()).isEqualTo(100);
    }

    private static List<String> everyStepOnce(String state) {
        List<String> lines = new ArrayList<>(List.of("rollout-" + state, "expired", "end"));
        for (int i = 0; i < 3; i++) {
            for (int attempt = 1; attempt <= 3; attempt++) {
                lines.add("retried-" + i + "-" + attempt);
            }
        }
        return lines;
    }

    /** The newest build's: one that was killed before it had a state is followed by another one. */
    private List<EvidenceEvent> evidence(int build) throws IOException {
        List<Path> logs = found(build, "evidence.jsonl");
        return EvidenceLog.at(logs.get(logs.size() - 1)).read();
    }

    private boolean isEnded(int build) throws IOException {
        if (!found(build, "program.dat").isEmpty()) {
            return false;
        }
        for (Path log : found(build, "log")) {
            if (Files.readString(log, StandardCharsets.UTF_8).contains("Finished: ")) {
                return true;
            }
        }
        return false;
    }

    private List<Path> found(int build, String name) throws IOException {
        Path builds = home.resolve("jobs").resolve(job(build)).resolve("builds");
        if (!Files.isDirectory(builds)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(builds, 2)) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .sorted()
                    .toList();
        }
    }

    private Path workspace(int build) throws IOException {
        Path workspace = Files.createDirectories(folder.resolve("workspace-" + build));
        Path replay = workspace.resolve("build/replay.jsonl");
        if (Files.notExists(replay)) {
            Files.createDirectories(replay.getParent());
            Files.copy(sample.resolve("build/replay.jsonl"), replay);
            Files.copy(sample.resolve("rollout.yaml"), workspace.resolve("rollout.yaml"));
        }
        return workspace;
    }

    private static String job(int build) {
        return "killed-" + build;
    }

    /** The workspace folder in which the quickstart trained. */
    private static Path trained(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("workspace"))) {
            return files.filter(file -> file.endsWith("sample-jenkinsfiles/quickstart/build/replay.jsonl"))
                    .findFirst()
                    .orElseThrow()
                    .getParent()
                    .getParent();
        }
    }
}
