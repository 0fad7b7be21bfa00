package io.mldelivery.local.hooks;

import hudson.model.Result;
import hudson.model.Run;
import java.io.File;
import java.io.IOException;

/** Runner-only: a build of a {@link LocalJob}. */
public final class LocalRun extends Run<LocalJob, LocalRun> {
    LocalRun(LocalJob job) throws IOException {
        super(job);
    }

    LocalRun(LocalJob job, File folder) throws IOException {
        super(job, folder);
    }

    /** The build starts now, or goes on after a restart. */
    public void started() throws IOException {
        onStartBuilding();
        save();
    }

    /** Sets a result that may be better than the one before; null takes it away. For the interpreter of post sections. */
    public void replaceResult(Result replacement) {
        result = replacement;
    }

    /** The build is over with this result, or a worse one if it was set before. */
    public void finished(Result end) throws IOException {
        setResult(end);
        onEndBuilding();
        save();
    }
}
