package io.mldelivery.image;

/** An image that cannot be made: one line of what is wrong, one of what to do. */
final class ImageFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;

    ImageFault(String message, String advice, Throwable cause) {
        super(message, cause);
        this.advice = advice;
    }

    ImageFault(String message, String advice) {
        this(message, advice, null);
    }

    String advice() {
        return advice;
    }
}
