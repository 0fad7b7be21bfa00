package io.mldelivery.rollout.local;

/**
 * A process that outlives the build, as the target remembers it. Written before the process is started and again when its
 * number is known.
 *
 * @param mark a random word on the process' command line, by which it is found if its number could not be written down
 * @param pid 0 before it is known
 * @param startedAt start time in milliseconds, as the operating system says; with it a process that was given the same
 *     number later is told apart
 * @param stoppingSince when it was asked to end, in milliseconds; 0: it was not
 * @param details what its owner wants to remember, such as the version it serves
 */
record ProcessFile(String mark, long pid, long startedAt, long stoppingSince, java.util.Map<String, String> details) {
    ProcessFile {
        details = java.util.Map.copyOf(details);
    }

    ProcessFile started(ProcessHandle process) {
        return new ProcessFile(mark, process.pid(), Processes.startOf(process), 0, details);
    }

    ProcessFile stopping(long since) {
        return new ProcessFile(mark, pid, startedAt, since, details);
    }
}
