package io.jenkins.plugins.mldelivery.gate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import io.mldelivery.gate.waiver.WaiverFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.TransientActionFactory;

/** Gives jobs with gates the page of their waivers, and Jenkins the permission to waive. */
@Extension
@SuppressWarnings("rawtypes") // Jenkins' own type for jobs of every kind
public final class GateWaiversFactory extends TransientActionFactory<Job> {
    private static final PermissionGroup GROUP =
            new PermissionGroup(GateWaiversAction.class, Messages._GateWaivers_permissions());
    /** The right to let a version pass although a rule does not; administrators have it. */
    public static final Permission WAIVE =
            new Permission(GROUP, "Waive", Messages._GateWaivers_waive(), Jenkins.ADMINISTER, PermissionScope.ITEM);

    @Override
    public Class<Job> type() {
        return Job.class;
    }

    @NonNull
    @Override
    public Collection<? extends Action> createFor(@NonNull Job job) {
        return Files.exists(file(job)) ? List.of(new GateWaiversAction(job)) : List.of();
    }

    /** The job's waivers; a job has the file from its first gate on. */
    static Path file(Job<?, ?> job) {
        return job.getRootDir().toPath().resolve(WaiverFile.NAME);
    }
}
