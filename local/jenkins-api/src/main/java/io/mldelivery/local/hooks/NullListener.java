package io.mldelivery.local.hooks;

import hudson.model.TaskListener;
import java.io.OutputStream;
import java.io.PrintStream;

/** Runner-only: the listener behind {@link TaskListener#NULL}. */
public final class NullListener implements TaskListener {
    private static final long serialVersionUID = 1L;

    @Override
    public PrintStream getLogger() {
        return new PrintStream(OutputStream.nullOutputStream());
    }
}
