package io.mldelivery.process;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The leader of a process group and all that it started and that did not leave the group. The leader made itself one
 * ({@code setsid}), so its number is the group's.
 */
public final class ProcessGroup {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration REAPED_WITHIN = Duration.ofSeconds(5);

    private final ProcessIdentity leader;

    public ProcessGroup(ProcessIdentity leader) {
        this.leader = leader;
    }

    /**
     * Asks the group to end and, after {@code patience}, ends what is left of it. Does nothing when the leader is gone,
     * because its number may belong to somebody else by now.
     */
    public void stop(Duration patience) throws InterruptedException {
        if (!leader.isRunning()) {
            return;
        }
        signal("TERM");
        long deadline = System.nanoTime() + patience.toNanos();
        while (leader.isRunning() && System.nanoTime() < deadline) {
            Thread.sleep(POLL.toMillis());
        }
        // Also when the leader has ended: a group keeps its number while it has members, and members may be left.
        signal("KILL");
    }

    /**
     * Ends what a group's leader left behind when it was killed. A dead leader keeps its number until its parent has
     * asked how it ended, which is waited for. Does nothing when a process still has the number then: the group has no
     * members, because a number is not given again while a group of that number exists.
     */
    public static void endRest(long leaderPid) throws InterruptedException {
        long deadline = System.nanoTime() + REAPED_WITHIN.toNanos();
        while (ProcessHandle.of(leaderPid).isPresent()) {
            if (System.nanoTime() > deadline) {
                return;
            }
            Thread.sleep(POLL.toMillis());
        }
        new ProcessGroup(new ProcessIdentity(leaderPid, 0)).signal("KILL");
    }

    /** The JDK signals single processes only; the shell's builtin is on every POSIX system and reaches groups. */
    private void signal(String name) throws InterruptedException {
        String command = "kill -s " + name + " -- -" + leader.pid() + " 2>/dev/null || true";
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!shell.waitFor(10, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot end process " + leader.pid() + ": " + e.getMessage(),
                    "End it by hand: kill -- -" + leader.pid(),
                    e);
        }
    }
}
