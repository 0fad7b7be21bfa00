package io.mldelivery.runner.steps.scm;

import java.io.Serializable;

/** The global variable {@code scm}: the working tree that the Jenkinsfile lies in. */
public final class LocalScm implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String folder;
    private final String home;

    /** The Jenkinsfile's folder, and the home folder, which is never copied. */
    public LocalScm(String folder, String home) {
        this.folder = folder;
        this.home = home;
    }

    String folder() {
        return folder;
    }

    String home() {
        return home;
    }
}
