package io.mldelivery.rollout.proxy;

/** A version's server gave no answer at all. */
final class Unreachable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreachable(Exception cause) {
        super(cause.toString(), cause);
    }
}
