package org.jenkinsci.plugins.workflow.steps;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which non-blocking steps work. */
final class BackgroundThreads {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ExecutorService ALL = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(
                task,
                "org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution [#" + COUNT.incrementAndGet()
                        + "]");
        thread.setDaemon(true);
        return thread;
    });

    private BackgroundThreads() {}

    static ExecutorService all() {
        return ALL;
    }
}
