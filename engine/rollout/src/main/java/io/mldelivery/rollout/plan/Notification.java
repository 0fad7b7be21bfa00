package io.mldelivery.rollout.plan;

import java.util.Optional;

/**
 * Somebody who is told about a rollout's changes.
 *
 * @param mail addresses to which the sentence is mailed, separated by commas; empty: a document is posted
 * @param url where a JSON document is posted; empty when {@code urlVariable} holds it
 * @param urlVariable an environment variable that holds the address, for addresses that are secrets
 * @param format which document
 * @param on which changes are told
 */
public record Notification(
        Optional<String> mail, Optional<String> url, Optional<String> urlVariable, Format format, Occasion on) {
    /** The posted document. */
    public enum Format {
        /** The event as in the evidence, with its type and sentence. */
        JSON,
        /** {@code {"text": …}}, as Slack, Mattermost and others take it. */
        SLACK
    }

    /** When. */
    public enum Occasion {
        /** Every change. */
        ALL,
        /** The end, and what asks for a decision. */
        END,
        /** Going back, failures, and what asks for a decision. */
        TROUBLE
    }
}
