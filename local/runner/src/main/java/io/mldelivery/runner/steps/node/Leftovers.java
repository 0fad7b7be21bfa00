package io.mldelivery.runner.steps.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Processes that a block started and left running. They are known by a variable of their environment, as in Jenkins; a
 * process that is to stay sets {@code JENKINS_NODE_COOKIE=dontKillMe}. Only where there is {@code /proc}.
 */
final class Leftovers {
    static final String COOKIE = "JENKINS_NODE_COOKIE";

    private Leftovers() {}

    static void end(String cookie) {
        if (Files.isDirectory(Path.of("/proc/self"))) {
            ProcessHandle.allProcesses()
                    .filter(process -> process.pid() != ProcessHandle.current().pid())
                    .filter(process -> hasCookie(process, cookie))
                    .forEach(ProcessHandle::destroy);
        }
    }

    private static boolean hasCookie(ProcessHandle process, String cookie) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ"));
            String text = new String(environment, StandardCharsets.UTF_8);
            return Arrays.asList(text.split("\0")).contains(COOKIE + "=" + cookie);
        } catch (IOException e) {
            // Another user's process, or one that has just ended: not ours.
            return false;
        }
    }
}
