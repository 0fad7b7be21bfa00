package io.jenkins.plugins.mldelivery.gate;

import hudson.EnvVars;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the job of a pull request's target branch, among the branches of the same multibranch project. */
final class ReferenceJob {
    private ReferenceJob() {}

    /**
     * The target branch's job; absent outside of pull requests and when the branch has no job.
     *
     * @param environment of the build; multibranch sets {@code CHANGE_TARGET} in pull requests
     */
    static Optional<Job<?, ?>> of(Run<?, ?> run, EnvVars environment) {
        String target = environment.get("CHANGE_TARGET", "");
        ItemGroup<?> project = run.getParent().getParent();
        if (target.isEmpty() || project == null) {
            return Optional.empty();
        }
        for (Item item : project.getItems()) {
            if (item instanceof Job<?, ?> job && job != run.getParent() && isOf(job, target)) {
                return Optional.of(job);
            }
        }
        return Optional.empty();
    }

    /** Multibranch writes the branch's name into the job's, with special characters escaped as in addresses. */
    private static boolean isOf(Job<?, ?> job, String branch) {
        return job.getName().equals(branch)
                || URLDecoder.decode(job.getName().replace("+", "%2B"), StandardCharsets.UTF_8)
                        .equals(branch);
    }
}
