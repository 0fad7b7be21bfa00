package io.mldelivery.registry;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Experiments and runs of a tracking server. Safe to use from several threads. */
public interface Tracking {

    /** Returns the id of the experiment of this name, which is created when absent and restored when deleted. */
    String experiment(String name);

    /** Begins a run; it stays {@link RunStatus#RUNNING} until {@link #finish}. */
    TrackedRun start(String experimentId, String name, Map<String, String> tags, Instant at);

    /** Adds parameters. MLflow refuses another value for a name that has one; the same value again is fine. */
    void logParameters(String runId, Map<String, String> parameters);

    /** Adds metrics at step 0. NaN and infinities are kept as such. */
    void logMetrics(String runId, Map<String, Double> metrics);

    /** Sets tags, over the values they had. */
    void setTags(String runId, Map<String, String> tags);

    /** Ends a run. */
    void finish(String runId, RunStatus status, Instant at);

    /** Returns the run, or fails when there is none. */
    TrackedRun run(String runId);

    /**
     * Returns at most {@code max} runs that match, newest first.
     *
     * @param filter in MLflow's language, such as {@code tags."a.b" = 'x' and attributes.status = 'FINISHED'}; empty
     *     for all
     */
    List<TrackedRun> search(String experimentId, String filter, int max);
}
