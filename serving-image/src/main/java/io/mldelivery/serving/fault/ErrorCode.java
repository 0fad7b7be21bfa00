package io.mldelivery.serving.fault;

/** The closed list of error codes a client can meet, each with the HTTP status it is answered with. */
public enum ErrorCode {
    BAD_OPTION(400),
    MALFORMED_JSON(400),
    MALFORMED_BODY(400),
    MALFORMED_REQUEST(400),
    WRONG_SHAPE(400),
    WRONG_TYPE(400),
    NOT_FINITE(400),
    UNAUTHORIZED(401),
    UNKNOWN_PATH(404),
    UNKNOWN_MODEL(404),
    UNKNOWN_VERSION(404),
    METHOD_NOT_ALLOWED(405),
    REQUEST_TIMEOUT(408),
    CONFLICT(409),
    BODY_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    HEADERS_TOO_LARGE(431),
    MODEL_FAILED(500),
    INJECTED_FAULT(500),
    INTERNAL(500),
    MODEL_NOT_READY(503),
    QUEUE_FULL(503),
    OUT_OF_MEMORY(503),
    DEADLINE_EXCEEDED(504),
    CORRUPT_MODEL(500),
    GOLDEN_MISMATCH(500);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed a moment later: such replies carry Retry-After. */
    public boolean passes() {
        return status == 503;
    }
}
