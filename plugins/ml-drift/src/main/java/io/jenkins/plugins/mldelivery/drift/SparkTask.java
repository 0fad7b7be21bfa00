package io.jenkins.plugins.mldelivery.drift;

import hudson.model.TaskListener;
import io.mldelivery.drift.submit.SparkSubmission;
import io.mldelivery.drift.submit.Surroundings;
import io.mldelivery.model.DeliveryException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jenkins.MasterToSlaveFileCallable;

/**
 * Work that the agent submits to Spark; what Spark logs goes to the build's log.
 *
 * @param <T> the answer
 */
abstract class SparkTask<T> extends MasterToSlaveFileCallable<T> {
    private static final long serialVersionUID = 1L;

    private final String home;
    private final String jar;
    private final String master;
    private final LinkedHashMap<String, String> settings;
    private final LinkedHashMap<String, String> environment;
    private final TaskListener listener;

    SparkTask(EngineStep step, Map<String, String> environment, TaskListener listener) {
        this.home = step.getSparkHome();
        this.jar = step.getSparkJar();
        this.master = step.getSparkMaster();
        this.settings = new LinkedHashMap<>(step.settings());
        this.environment = new LinkedHashMap<>(environment);
        this.listener = listener;
    }

    /** Where MLflow and what Spark reads are, and how they are entered. */
    final Map<String, String> environment() {
        return environment;
    }

    final PrintStream log() {
        return listener.getLogger();
    }

    /**
     * Runs a program of the engine's jar to its end, in the workspace.
     *
     * @param out takes what it prints, line by line
     * @throws DeliveryException the problem that it met
     * @throws InterruptedException when the build was aborted, or nobody takes the log any more: Spark has ended
     */
    final void run(Path workspace, List<String> arguments, Consumer<String> out) throws InterruptedException {
        SparkSubmission submission = SparkSubmission.find(
                named(workspace, home), named(workspace, jar), environment, text(master), settings);
        try {
            submission.run(arguments, new Surroundings(workspace, environment, out, messages(Thread.currentThread())));
        } catch (DeliveryException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.what());
            }
            throw e;
        }
    }

    /** A log that takes nothing belongs to a connection that is gone, and with it whoever waits for the answer. */
    private Consumer<String> messages(Thread worker) {
        PrintStream log = log();
        return line -> {
            log.println(line);
            if (log.checkError()) {
                worker.interrupt();
            }
        };
    }

    private static Optional<Path> named(Path workspace, String path) {
        return text(path).map(workspace::resolve);
    }

    private static Optional<String> text(String value) {
        return Optional.of(value).filter(text -> !text.isEmpty());
    }
}
