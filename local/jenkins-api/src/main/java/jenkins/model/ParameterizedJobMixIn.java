package jenkins.model;

import hudson.model.Action;
import hudson.model.Job;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import io.mldelivery.local.hooks.LocalQueue;

/** What jobs with parameters have in common. */
public abstract class ParameterizedJobMixIn<
        JobT extends Job<JobT, RunT> & ParameterizedJobMixIn.ParameterizedJob<JobT, RunT> & Queue.Task,
        RunT extends hudson.model.Run<JobT, RunT> & Queue.Executable> {
    protected abstract JobT asJob();

    /** Asks for a build with these actions; null when it was refused. */
    public static Queue.Item scheduleBuild2(Job<?, ?> job, int quietPeriod, Action... actions) {
        return LocalQueue.schedule(job, quietPeriod, actions);
    }

    public final boolean isParameterized() {
        return asJob().getProperty(ParametersDefinitionProperty.class) != null;
    }

    /** A job that can have parameters. */
    public interface ParameterizedJob<
            JobT extends Job<JobT, RunT> & ParameterizedJobMixIn.ParameterizedJob<JobT, RunT> & Queue.Task,
            RunT extends hudson.model.Run<JobT, RunT> & Queue.Executable> {
        default boolean isDisabled() {
            return false;
        }

        default int getQuietPeriod() {
            return Jenkins.get().getQuietPeriod();
        }
    }
}
