package io.mldelivery.runner;

/** A run that cannot begin: what is wrong and where, and what to do about it. */
public final class RunnerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    public RunnerException(String what, String advice) {
        super(what);
        this.advice = advice;
    }

    /** One line: what to do. */
    public String advice() {
        return advice;
    }
}
