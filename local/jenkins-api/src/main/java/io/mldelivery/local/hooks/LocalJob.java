package io.mldelivery.local.hooks;

import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/** Runner-only: a job whose builds live below the home folder; loads the builds that are there. */
public final class LocalJob extends Job<LocalJob, LocalRun> implements TopLevelItem {
    private final transient SortedMap<Integer, LocalRun> runs = new TreeMap<>(Collections.reverseOrder());

    private LocalJob(ItemGroup<?> parent, String name) {
        super(parent, name);
    }

    /** The job of this name; made in the current stand-in when absent. */
    public static LocalJob named(String name) throws IOException {
        Jenkins jenkins = Jenkins.get();
        if (jenkins.getItem(name) instanceof LocalJob known) {
            return known;
        }
        LocalJob job = new LocalJob(jenkins, name);
        jenkins.add(job, name);
        job.onLoad(jenkins, name);
        job.loadRuns();
        return job;
    }

    private void loadRuns() throws IOException {
        File[] folders = getBuildDir().listFiles((dir, file) -> file.matches("[0-9]+"));
        for (File folder : folders == null ? new File[0] : folders) {
            LocalRun run = new LocalRun(this, folder);
            runs.put(run.getNumber(), run);
        }
    }

    /** Starts a new build. */
    public synchronized LocalRun newBuild() throws IOException {
        LocalRun run = new LocalRun(this);
        runs.put(run.getNumber(), run);
        return run;
    }

    @Override
    public boolean isBuildable() {
        return true;
    }

    @Override
    protected synchronized SortedMap<Integer, LocalRun> _getRuns() {
        SortedMap<Integer, LocalRun> copy = new TreeMap<>(Collections.reverseOrder());
        copy.putAll(runs);
        return copy;
    }

    @Override
    protected synchronized void removeRun(LocalRun run) {
        runs.remove(run.getNumber());
    }

    @Override
    public TopLevelItemDescriptor getDescriptor() {
        return null;
    }
}
