package io.jenkins.plugins.mldelivery.retraining;

import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.mldelivery.retraining.local.RunningRollout;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Looks for rollouts of a model that are under way, in the newest builds of all jobs, whoever may see them. */
final class RunningRollouts {
    private static final int BUILDS = 20;

    private RunningRollouts() {}

    /** Where a rollout of the model runs, in words. */
    static Optional<String> of(String model) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            for (Job<?, ?> job : Jenkins.get().getAllItems(Job.class)) {
                Run<?, ?> run = job.getLastBuild();
                for (int i = 0; run != null && i < BUILDS; i++, run = run.getPreviousBuild()) {
                    if (run.isBuilding()
                            && RunningRollout.of(BuildEvidence.of(run).events(), model)) {
                        return Optional.of("A rollout of " + model + " runs in " + run.getFullDisplayName());
                    }
                }
            }
            return Optional.empty();
        }
    }
}
