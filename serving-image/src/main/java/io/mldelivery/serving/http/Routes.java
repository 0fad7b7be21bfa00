package io.mldelivery.serving.http;

/** Answers exchanges. A ServingException that is thrown becomes the reply. */
@FunctionalInterface
public interface Routes {

    /** Whether this was one of its paths; if not, nothing was done. */
    boolean handle(Exchange exchange);
}
