package io.mldelivery.runner.steps.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts commands in a session of their own, and signals all processes of one. */
final class Session {
    private static final List<String> PREFIX = find();

    private Session() {}

    /** Words to put in front of a command. */
    static List<String> prefix() {
        return PREFIX;
    }

    private static List<String> find() {
        if (onPath("setsid")) {
            return List.of("setsid");
        }
        if (onPath("perl")) {
            return List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die");
        }
        throw new IllegalStateException("sh needs setsid (util-linux) or perl on the PATH to detach commands");
    }

    private static boolean onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Reaches the process group of a session leader, and descendants that left the group. */
    static void signal(ProcessHandle leader, String name) {
        List<ProcessHandle> descendants = leader.descendants().toList();
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " -- -" + leader.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            leader.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean force = name.equals("KILL");
        descendants.forEach(each -> end(each, force));
    }

    private static void end(ProcessHandle process, boolean force) {
        if (force) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }
}
