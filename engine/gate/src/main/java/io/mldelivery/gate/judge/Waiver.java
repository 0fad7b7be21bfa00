package io.mldelivery.gate.judge;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Leave for one version to fail one rule until some time.
 *
 * @param rule the rule's name
 * @param version what the gate's candidate is called: {@code runs:/<id>}, {@code models:/name/3} or, for files,
 *     {@code sha256:<digest>}
 * @param reason why; not blank
 * @param by who gave it
 * @param until when it expires, at most {@value #MOST_DAYS} days after {@code at}
 */
public record Waiver(String rule, String version, String reason, String by, Instant at, Instant until)
        implements Serializable {
    /** No waiver is for longer. */
    public static final long MOST_DAYS = 365;

    /** Fails (code CONFIG) when something is missing or the expiry is not in the allowed time. */
    public Waiver {
        require(!rule.isBlank(), "a waiver needs the name of a rule", "Copy it from the gate's table.");
        require(!version.isBlank(), "a waiver needs a version", "Copy it from the gate's log: runs:/…, models:/…/3.");
        require(!reason.isBlank(), "a waiver needs a reason", "Write why this version may pass all the same.");
        require(!by.isBlank(), "a waiver needs a person", "Sign in first.");
        require(
                until.isAfter(at) && !until.isAfter(at.plus(Duration.ofDays(MOST_DAYS))),
                "the expiry " + until + " is not between now and " + MOST_DAYS + " days from now",
                "Choose a nearer day.");
    }

    private static void require(boolean condition, String what, String advice) {
        if (!condition) {
            throw new DeliveryException(Code.CONFIG, what, advice);
        }
    }

    /** Whether it is in force for the rule of a candidate with these names. */
    public boolean covers(String name, Set<String> versions, Instant now) {
        return rule.equals(name) && versions.contains(version) && now.isBefore(until);
    }

    /** Whether its time is over. */
    public boolean isExpired(Instant now) {
        return !now.isBefore(until);
    }
}
