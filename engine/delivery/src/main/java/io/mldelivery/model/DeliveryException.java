package io.mldelivery.model;

import java.util.Objects;

/**
 * Something kept the product from doing its work: wrong input, a server that does not answer, a full disk. A bad
 * model is not an exception but an {@link Outcome}.
 *
 * <p>Carries two sentences for the user: what is wrong and where, and what to do about it. Neither holds a secret.
 */
public final class DeliveryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The class of a failure; decides retries and exit codes. */
    public enum Code {
        /** A policy, plan or step argument is wrong: retrying cannot help. */
        CONFIG,
        /** Input data is missing, unreadable or contradicts itself. */
        DATA,
        /** The tracking server or model registry failed or refused. */
        REGISTRY,
        /** A training failed. */
        TRAINING,
        /** A model server or the traffic in front of it failed. */
        SERVING,
        /** Something took longer than it was allowed to. */
        TIMEOUT,
        /** This machine lacks something: a program, a port, disk space, a permission. */
        ENVIRONMENT
    }

    private final Code code;
    private final String what;
    private final String advice;

    /**
     * @param what one line: what is wrong, with the value and the file, key or address
     * @param advice one line: what to do
     */
    public DeliveryException(Code code, String what, String advice) {
        this(code, what, advice, null);
    }

    /** As the other constructor, with the failure that caused this one. */
    public DeliveryException(Code code, String what, String advice, Throwable cause) {
        super(what + System.lineSeparator() + advice, cause);
        this.code = Objects.requireNonNull(code);
        this.what = Objects.requireNonNull(what);
        this.advice = Objects.requireNonNull(advice);
    }

    public Code code() {
        return code;
    }

    /** One line: what is wrong and where. */
    public String what() {
        return what;
    }

    /** One line: what to do about it. */
    public String advice() {
        return advice;
    }
}
