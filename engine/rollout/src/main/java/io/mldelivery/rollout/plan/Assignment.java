package io.mldelivery.rollout.plan;

import java.util.Optional;

/**
 * Who gets the new version in an A/B rollout.
 *
 * @param name of the header or the cookie; for {@code HASH} of the header whose value is hashed
 * @param value what it must be; empty for {@code HASH}
 */
public record Assignment(Kind kind, String name, Optional<String> value) {
    /** What decides. */
    public enum Kind {
        /** Requests with this header and value. */
        HEADER,
        /** Requests with this cookie and value. */
        COOKIE,
        /** A fixed share of the values that a header takes: whoever has one always gets the same version. */
        HASH
    }
}
