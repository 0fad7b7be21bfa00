package io.mldelivery.rollout.control;

import io.mldelivery.model.Outcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a rollout stands, for the step, the command line and the page. Serializable: it travels from the agent.
 */
public final class RolloutReport implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String state;
    private final boolean finished;
    private final Outcome outcome;
    private final String reason;
    private final LinkedHashMap<String, Integer> weights;
    private final ArrayList<Event> events;
    private final long intervalMillis;
    private final String address;
    private final String version;
    private final Standing standing;

    /**
     * A {@link RolloutEvent} as it travels.
     *
     * @param data JSON
     * @param mailTo who is to get its text by mail: addresses, separated by commas
     */
    public record Event(int sequence, String type, String text, String data, ArrayList<String> mailTo)
            implements Serializable {}

    RolloutReport(
            Status status, Map<String, Integer> weights, List<Event> events, long intervalMillis, String address) {
        this.id = status.id();
        this.state = status.state();
        this.finished = status.finished();
        this.outcome = status.outcome();
        this.reason = status.reason();
        this.weights = new LinkedHashMap<>(weights);
        this.events = new ArrayList<>(events);
        this.intervalMillis = intervalMillis;
        this.address = address;
        this.version = status.version();
        this.standing = status.standing();
    }

    /** What a rollout has come to. */
    record Status(
            String id,
            String version,
            String state,
            boolean finished,
            Outcome outcome,
            String reason,
            Standing standing) {}

    /** Where a rollout stands, as far as its group cares. */
    public enum Standing {
        ON_ITS_WAY,
        /** It has passed, and is promoted when the others have. */
        WAITS_FOR_GROUP,
        GOING_BACK,
        ENDED
    }

    public Standing standing() {
        return standing;
    }

    public String id() {
        return id;
    }

    /** The version that is rolled out. */
    public String version() {
        return version;
    }

    /** The machine's state in one word. */
    public String state() {
        return state;
    }

    public boolean isFinished() {
        return finished;
    }

    /** {@code PASS} when promoted; {@code INCONCLUSIVE} while it goes on. */
    public Outcome outcome() {
        return outcome;
    }

    public String reason() {
        return reason;
    }

    /** Percent of the traffic by version, as last read; the new version first. */
    public Map<String, Integer> weights() {
        return Collections.unmodifiableMap(weights);
    }

    /** What happened since the last event that the caller knows. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** When to look again. */
    public long intervalMillis() {
        return intervalMillis;
    }

    /** Where clients send their requests; empty before the first version serves. */
    public String address() {
        return address;
    }
}
