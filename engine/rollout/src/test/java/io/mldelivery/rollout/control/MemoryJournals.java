package io.mldelivery.rollout.control;

import io.mldelivery.rollout.machine.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Journals as a target keeps them, without a disk: as text, and what was not written down goes with the process. */
final class MemoryJournals implements Journals {
    private final Map<String, String> stored = new TreeMap<>();
    private final Map<String, Command> commands = new TreeMap<>();
    private final RecentJournals recent = new RecentJournals();
    private Optional<String> latest = Optional.empty();

    @Override
    public Optional<Journal> journal(String id) {
        return Optional.ofNullable(stored.get(id))
                .map(text -> recent.get(id, text, () -> Journal.parse(text, "memory")));
    }

    @Override
    public void save(Journal journal) {
        String text = journal.text();
        stored.put(journal.id(), text);
        recent.put(journal.id(), text, journal);
    }

    @Override
    public void keep(Journal journal) {
        recent.put(journal.id(), stored.get(journal.id()), journal);
    }

    @Override
    public Optional<String> latest() {
        return latest;
    }

    @Override
    public void latest(String id) {
        latest = Optional.of(id);
    }

    @Override
    public List<String> ids() {
        return new ArrayList<>(stored.keySet());
    }

    @Override
    public void command(String id, Command command) {
        commands.put(id, command);
    }

    @Override
    public Optional<Command> command(String id) {
        return Optional.ofNullable(commands.get(id));
    }

    @Override
    public void forgetCommand(String id) {
        commands.remove(id);
    }

    @Override
    public <T> T exclusively(Supplier<T> action) {
        boolean done = false;
        try {
            T result = action.get();
            done = true;
            return result;
        } finally {
            if (!done) {
                recent.forget("");
            }
        }
    }

    @Override
    public boolean isOrphan(Journal journal) {
        return false;
    }
}
