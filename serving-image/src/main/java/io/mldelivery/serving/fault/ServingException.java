package io.mldelivery.serving.fault;

/**
 * A fault that is told to the client or the operator: a code, one line of what happened and one line of what to do.
 * It carries no stack trace: it describes input, not our code.
 */
public final class ServingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String advice;

    public ServingException(ErrorCode code, String message, String advice) {
        this(code, message, advice, null);
    }

    public ServingException(ErrorCode code, String message, String advice, Throwable cause) {
        super(message, cause, false, cause != null);
        this.code = code;
        this.advice = advice;
    }

    public ErrorCode code() {
        return code;
    }

    /** What to do about it; one line. */
    public String advice() {
        return advice;
    }
}
