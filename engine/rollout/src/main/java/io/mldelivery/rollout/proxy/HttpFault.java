package io.mldelivery.rollout.proxy;

/** A message that breaks HTTP's rules or this proxy's limits, with the status to answer. */
final class HttpFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    HttpFault(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
