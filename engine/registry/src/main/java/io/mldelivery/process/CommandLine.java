package io.mldelivery.process;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and hands over what it said. Ends it, with its children, when interrupted. */
public final class CommandLine {
    private CommandLine() {}

    /**
     * What became of a program.
     *
     * @param exit its exit status
     * @param output standard output and error together
     */
    public record Result(int exit, String output) {
        public boolean succeeded() {
            return exit == 0;
        }
    }

    /**
     * Runs a program.
     *
     * @param environment added to this process's own
     * @param output where to keep what it says; replaced
     * @throws IOException when the program cannot be started
     */
    public static Result run(List<String> command, Map<String, String> environment, Path output, Duration limit)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DeliveryException(
                        Code.TIMEOUT,
                        "'" + command.get(0) + "' did not end within " + limit.toMinutes() + " minutes",
                        "Look at " + output + " for what it waited for, then run again.");
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
