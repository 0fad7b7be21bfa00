package io.mldelivery.local.hooks;

import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Queue;
import java.util.List;

/** Runner-only: what happens when a plugin asks for a build without a controller. */
public final class LocalQueue {
    /** Starts builds, or says why not by answering null. */
    @FunctionalInterface
    public interface Scheduler {
        Queue.Item schedule(Job<?, ?> job, int quietPeriodSeconds, List<Action> actions);
    }

    private static volatile Scheduler scheduler = (job, quietPeriod, actions) -> null;

    private LocalQueue() {}

    /** Uses this scheduler from now on; before, every request is refused. */
    public static void use(Scheduler newScheduler) {
        scheduler = newScheduler;
    }

    public static Queue.Item schedule(Job<?, ?> job, int quietPeriodSeconds, Action... actions) {
        return scheduler.schedule(job, quietPeriodSeconds, List.of(actions));
    }
}
