package io.mldelivery.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names a Jenkinsfile or the folder that holds one. */
final class JenkinsfileOption {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE|DIR",
            defaultValue = "Jenkinsfile",
            description = "The Jenkinsfile, or the folder that holds it (default: ${DEFAULT-VALUE}).")
    private Path path;

    Path file() {
        return Files.isDirectory(path) ? path.resolve("Jenkinsfile") : path;
    }
}
