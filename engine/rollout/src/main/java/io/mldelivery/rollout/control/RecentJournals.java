package io.mldelivery.rollout.control;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Journals as this process last left them: ahead of what is written down by what was only counted since. A journal that
 * somebody else has written meanwhile is no longer recent. Whoever uses it holds the lock of its target.
 */
public final class RecentJournals {
    private static final int MOST = 2_000;

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(String written, Journal journal) {}

    /**
     * The journal that was left, if what is written down is still the same.
     *
     * @param written the text as it is stored now
     * @param parse reads it, where it is not recent
     */
    public Journal get(String key, String written, Supplier<Journal> parse) {
        Kept known = kept.get(key);
        if (known != null && known.written().equals(written)) {
            return known.journal();
        }
        Journal journal = parse.get();
        put(key, written, journal);
        return journal;
    }

    /** Remembers a journal together with what is stored of it. */
    public void put(String key, String written, Journal journal) {
        if (kept.size() >= MOST) {
            kept.clear();
        }
        kept.put(key, new Kept(written, journal));
    }

    /** What is stored counts again, for all keys that begin so. */
    public void forget(String prefix) {
        kept.keySet().removeIf(key -> key.startsWith(prefix));
    }

    /** Does something to journals whose keys begin so. When it fails, what was half done is not remembered. */
    public <T> T orForget(String prefix, Supplier<T> action) {
        boolean done = false;
        try {
            T result = action.get();
            done = true;
            return result;
        } finally {
            if (!done) {
                forget(prefix);
            }
        }
    }

    /** The last stored text of the journal; empty when it is not recent. */
    public Optional<String> written(String key) {
        return Optional.ofNullable(kept.get(key)).map(Kept::written);
    }
}
