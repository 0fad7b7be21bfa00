package io.jenkins.plugins.mldelivery.retraining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What the sender of an event is told.
 *
 * @param status HTTP status
 * @param outcome one word: {@code started}, {@code ignored} or {@code refused}
 * @param reason one sentence without anything that an unknown sender should not learn
 */
record Answer(int status, String outcome, String reason) {
    static Answer started(String reason) {
        return new Answer(202, "started", reason);
    }

    static Answer ignored(String reason) {
        return new Answer(200, "ignored", reason);
    }

    static Answer refused(int status, String reason) {
        return new Answer(status, "refused", reason);
    }

    String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("outcome", outcome)
                .put("reason", reason)
                .toString();
    }
}
