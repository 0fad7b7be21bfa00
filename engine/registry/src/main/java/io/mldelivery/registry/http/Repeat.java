package io.mldelivery.registry.http;

/** Whether a request may be sent again when its answer was lost. */
public enum Repeat {
    /** Sending it twice has the effect of sending it once. */
    SAFE,
    /** It creates something each time; it is repeated only when the server cannot have seen it. */
    UNSAFE
}
