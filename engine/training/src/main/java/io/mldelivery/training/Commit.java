package io.mldelivery.training;

import io.mldelivery.process.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks git which commit a folder is checked out from. */
public final class Commit {
    private Commit() {}

    /** Returns the commit's id, with {@code -dirty} when tracked files differ from it; empty without git or repository. */
    public static String of(Path folder) throws IOException, InterruptedException {
        Path answer = Files.createTempFile("commit", ".txt");
        try {
            List<String> command = List.of(
                    "git", "-C", folder.toString(), "describe", "--always", "--abbrev=40", "--dirty", "--exclude=*");
            CommandLine.Result result = CommandLine.run(command, Map.of(), answer, Duration.ofSeconds(20));
            String commit = result.output().strip();
            return result.succeeded() && commit.matches("[0-9a-f]{40}(-dirty)?") ? commit : "";
        } catch (IOException e) {
            return ""; // there is no git on this machine
        } finally {
            Files.delete(answer);
        }
    }
}
