package hudson;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ends processes together with everything they started. */
final class ProcessGroups {
    private static final Logger LOGGER = Logger.getLogger(ProcessGroups.class.getName());
    private static final long GRACE_MS = 2_000;

    private ProcessGroups() {}

    /** Processes are stopped before they are counted: one that still ran could start another that would be overlooked. */
    static void kill(Process process) throws InterruptedException {
        Set<ProcessHandle> all = new LinkedHashSet<>(List.of(process.toHandle()));
        Set<ProcessHandle> found = Set.copyOf(all);
        while (!found.isEmpty()) {
            signal("-STOP", found);
            found = all.stream()
                    .flatMap(ProcessHandle::descendants)
                    .filter(child -> !all.contains(child))
                    .collect(Collectors.toSet());
            all.addAll(found);
        }
        end(all);
    }

    /** Without a kill command, as on Windows, processes go on until they are ended. */
    private static void signal(String name, Collection<ProcessHandle> processes) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", name));
        processes.stream().filter(ProcessHandle::isAlive).forEach(p -> command.add(Long.toString(p.pid())));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(GRACE_MS, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "there is no kill command", e);
        }
    }

    /** Ends every process whose environment has all these variables; needs /proc, elsewhere it ends nothing. */
    static void killByEnvironment(Map<String, String> model) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>();
        long self = ProcessHandle.current().pid();
        ProcessHandle.allProcesses()
                .filter(p -> p.pid() != self && environmentOf(p).containsAll(lines(model)))
                .forEach(p -> {
                    all.addAll(p.descendants().toList());
                    all.add(p);
                });
        end(all);
    }

    private static Set<String> lines(Map<String, String> model) {
        return model.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.toSet());
    }

    private static Set<String> environmentOf(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "environ");
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return Stream.of(text.split("\0")).collect(Collectors.toSet());
        } catch (IOException e) {
            // another user's process, or gone in the meantime: not ours to end
            return Set.of();
        }
    }

    private static void end(Collection<ProcessHandle> all) throws InterruptedException {
        all.forEach(ProcessHandle::destroy);
        signal("-CONT", all);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MS);
        while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
