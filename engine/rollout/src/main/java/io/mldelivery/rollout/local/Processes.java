package io.mldelivery.rollout.local;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.control.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Starts processes that outlive this one, finds them again and ends them, and never touches a process of somebody else:
 * both number and start time must agree.
 */
final class Processes {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    /** All that a process inherits: no secret of the build comes along. */
    private static final Set<String> INHERITED = Set.of(
            "PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME", "SystemRoot", "TEMP", "TMP", "USERPROFILE");

    private Processes() {}

    /**
     * Starts {@code java} with these arguments, unless the process that the file remembers lives.
     *
     * @param output receives standard output and error, from its beginning
     */
    static ProcessHandle ensure(Path file, Path output, Map<String, String> details, List<String> arguments) {
        Optional<ProcessFile> known = Json.read(file, ProcessFile.class);
        Optional<ProcessHandle> living = known.flatMap(Processes::find);
        if (living.isPresent()) {
            return adopt(file, known.get(), living.get());
        }
        var intent = new ProcessFile(UUID.randomUUID().toString(), 0, 0, 0, details);
        Json.write(file, intent);
        ProcessHandle process = spawn(command(intent.mark(), arguments), output);
        Json.write(file, intent.started(process));
        return process;
    }

    private static ProcessHandle adopt(Path file, ProcessFile known, ProcessHandle process) {
        if (known.pid() == 0) {
            Json.write(file, known.started(process));
        }
        return process;
    }

    private static List<String> command(String mark, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString()); // out of the build's session: its terminal and its signals do not reach it
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dmldelivery.mark=" + mark);
        command.addAll(arguments);
        return command;
    }

    private static ProcessHandle spawn(List<String> command, Path output) {
        try {
            Files.createDirectories(output.getParent());
            var builder = new ProcessBuilder(command)
                    .redirectInput(new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .directory(output.getParent().toFile());
            builder.environment().keySet().retainAll(INHERITED);
            builder.environment().put("JENKINS_NODE_COOKIE", "dontKillMe"); // survives the end of the build by intent
            return builder.start().toHandle();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot start " + command.get(0) + ": " + e.getMessage(),
                    "Check free memory and processes on this machine.",
                    e);
        }
    }

    /** The living process that this file's content means; empty when it has ended. */
    static Optional<ProcessHandle> find(ProcessFile file) {
        if (file.pid() == 0) {
            return ProcessHandle.allProcesses()
                    .filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains(file.mark()))
                            .isPresent())
                    .findFirst();
        }
        return ProcessHandle.of(file.pid())
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(startOf(process) - file.startedAt()) < 1_000);
    }

    static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Asks the process to end, later ends it hard; once it is gone the file goes too. Does not wait. */
    static void stop(Path file, Duration drain) {
        Optional<ProcessFile> known = Json.read(file, ProcessFile.class);
        Optional<ProcessHandle> process = known.flatMap(Processes::find);
        if (process.isEmpty()) {
            remove(file);
            return;
        }
        long now = System.currentTimeMillis();
        if (known.get().stoppingSince() == 0) {
            process.get().destroy();
            Json.write(file, known.get().started(process.get()).stopping(now));
        } else if (now - known.get().stoppingSince() > drain.toMillis()) {
            process.get().destroyForcibly();
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT, "cannot remove " + file + ": " + e.getMessage(), "Make the folder writable.", e);
        }
    }
}
