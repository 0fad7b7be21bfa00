package io.jenkins.plugins.mldelivery.training;

import hudson.AbortException;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.training.Commit;
import io.mldelivery.training.TrainingJob;
import io.mldelivery.training.TrainingRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;

/** One piece of a training's work, done on the agent. Every piece can be repeated. */
final class TrainingWork extends MasterToSlaveFileCallable<TrainingNews> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(TrainingWork.class.getName());

    /** What to do. */
    enum Kind {
        /** Take the recorded result of the same inputs, or start the script. */
        BEGIN,
        /** Tell what the script said since. */
        FOLLOW,
        /** Record how the script ended. */
        FINISH,
        /** End the script. */
        ABORT,
        /** Remove what was kept for a restart. */
        FORGET
    }

    private final Kind kind;
    private final TrainModelStep step;
    private final String control;
    private final LinkedHashMap<String, String> environment;
    private final LinkedHashMap<String, String> tracking;
    private final LinkedHashMap<String, String> tags;
    private final long offset;
    private final TaskListener listener;

    TrainingWork(
            Kind kind,
            TrainModelStep step,
            String control,
            Map<String, String> environment,
            Map<String, String> tracking,
            Map<String, String> tags,
            long offset,
            TaskListener listener) {
        this.kind = kind;
        this.step = step;
        this.control = control;
        this.environment = new LinkedHashMap<>(environment);
        this.tracking = new LinkedHashMap<>(tracking);
        this.tags = new LinkedHashMap<>(tags);
        this.offset = offset;
        this.listener = listener;
    }

    @Override
    public TrainingNews invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        try {
            String commit = commit(workspace.toPath());
            return work(job(workspace.toPath(), commit), commit);
        } catch (DeliveryException e) {
            if (kind == Kind.FINISH && e.code() == Code.REGISTRY) {
                // a training of hours must not be lost to a restart of MLflow
                return TrainingNews.notRecorded(e.getMessage());
            }
            throw failure(e.getMessage(), e);
        } catch (IOException e) {
            throw failure(
                    "the training's files on the agent cannot be read or written: " + e + System.lineSeparator()
                            + "Free disk space and check permissions there, then run again.",
                    e);
        } catch (RuntimeException e) {
            throw failure(
                    "an error in the product stopped the training: " + e + System.lineSeparator()
                            + "Report it, with the log of the agent at level FINE.",
                    e);
        }
    }

    /** A failure of the work, told from one of the way to the agent, which is tried again. */
    private static AbortException failure(String message, Exception cause) {
        LOGGER.log(Level.FINE, message, cause);
        var failure = new AbortException(message);
        failure.setStackTrace(cause.getStackTrace());
        return failure;
    }

    private TrainingNews work(TrainingJob job, String commit) throws IOException, InterruptedException {
        switch (kind) {
            case BEGIN -> {
                Optional<TrainingAnswer> known = job.begin().map(record -> new TrainingAnswer(record, true, commit));
                return known.map(TrainingNews::of).orElseGet(TrainingNews::nothing);
            }
            case FOLLOW -> {
                return TrainingNews.of(job.follow(offset));
            }
            case FINISH -> {
                return TrainingNews.of(new TrainingAnswer(job.finish(), false, commit));
            }
            case ABORT -> job.abort();
            case FORGET -> job.forget();
        }
        return TrainingNews.nothing();
    }

    private TrainingJob job(Path workspace, String commit) {
        tags.put("mlflow.source.git.commit", commit);
        TrainingRequest request = new TrainingRequest(step.getScript(), step.getEnvironment())
                .parameters(step.getParameters())
                .data(step.dataPatterns())
                .outputs(step.outputPatterns())
                .seed(step.getSeed())
                .experiment(step.getExperiment().isEmpty() ? tags.get("mldelivery.job_name") : step.getExperiment())
                .metrics(step.getMetrics())
                .cache(step.isCache())
                .tags(tags);
        return new TrainingJob(
                workspace,
                Path.of(control),
                request,
                environment,
                tracking,
                line -> listener.getLogger().println("[training] " + line));
    }

    private String commit(Path workspace) throws IOException, InterruptedException {
        boolean needed = kind == Kind.BEGIN || kind == Kind.FINISH;
        String known = environment.getOrDefault("GIT_COMMIT", "");
        return !known.isEmpty() || !needed ? known : Commit.of(workspace);
    }
}
