package io.mldelivery.rollout.control;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.machine.Command;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The journals of one target: a file for each rollout, the name of the last one, commands from outside, and the lock that
 * keeps two controllers from acting at once.
 */
public final class RolloutFolder implements Journals {
    private static final Object IN_PROCESS = new Object();
    private static final RecentJournals RECENT = new RecentJournals();

    private final Path folder;

    public RolloutFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Journal> journal(String id) {
        Path file = folder.resolve(id + ".json");
        return Json.content(file)
                .map(text -> Thread.holdsLock(IN_PROCESS)
                        ? RECENT.get(file.toString(), text, () -> Journal.parse(text, file.toString()))
                        : Journal.parse(text, file.toString()));
    }

    @Override
    public void save(Journal journal) {
        Path file = folder.resolve(journal.order.id() + ".json");
        String text = journal.text();
        Json.writeText(file, text);
        RECENT.put(file.toString(), text, journal);
    }

    /** The journal that is asked for is the very object: it is remembered already. */
    @Override
    public void keep(Journal journal) {
        String file = folder.resolve(journal.order.id() + ".json").toString();
        RECENT.written(file).ifPresent(text -> RECENT.put(file, text, journal));
    }

    @Override
    public Optional<String> latest() {
        return Json.read(folder.resolve("latest"), String.class);
    }

    @Override
    public void latest(String id) {
        Json.write(folder.resolve("latest"), id);
    }

    @Override
    public List<String> ids() {
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT, "cannot read " + folder + ": " + e.getMessage(), "Make the folder readable.", e);
        }
    }

    @Override
    public void command(String id, Command command) {
        Json.write(folder.resolve(id + ".command"), command);
    }

    @Override
    public Optional<Command> command(String id) {
        return Json.read(folder.resolve(id + ".command"), Command.class);
    }

    @Override
    public void forgetCommand(String id) {
        try {
            Files.deleteIfExists(folder.resolve(id + ".command"));
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot remove a file in " + folder + ": " + e.getMessage(),
                    "Make the folder writable.",
                    e);
        }
    }

    @Override
    public <T> T exclusively(Supplier<T> action) {
        synchronized (IN_PROCESS) { // file locks are held on behalf of the whole process
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw unlockable(e);
            }
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return RECENT.orForget(folder + "/", action);
            } catch (IOException e) {
                throw unlockable(e);
            }
        }
    }

    /** Whether the process that did the last tick runs on this machine no more. */
    @Override
    public boolean isOrphan(Journal journal) {
        return ProcessHandle.of(journal.ownerPid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(startOf(process) - journal.ownerStartedAt) < 1_000)
                .isEmpty();
    }

    static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private DeliveryException unlockable(IOException e) {
        return new DeliveryException(
                Code.ENVIRONMENT,
                "cannot lock " + folder + ": " + e.getMessage(),
                "Make the folder writable and check that the disk is not full.",
                e);
    }
}
