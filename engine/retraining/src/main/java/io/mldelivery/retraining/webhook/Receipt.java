package io.mldelivery.retraining.webhook;

/**
 * What became of a delivery.
 *
 * @param status the HTTP status to answer with: 202 taken, 200 known already or of no interest, 401 not genuine
 * @param reason one line for the log; holds nothing secret
 * @param event what it reports; {@link WebhookEvent.Other} unless it was taken
 * @param identity what tells it from other deliveries; empty unless it was taken
 */
public record Receipt(int status, String reason, WebhookEvent event, String identity) {
    /** Whether the event is genuine, new and of a kind that can start something. */
    public boolean taken() {
        return status == 202;
    }

    static Receipt refused(String problem) {
        return new Receipt(401, problem, new WebhookEvent.Other("unsigned"), "");
    }

    static Receipt ignored(String reason, WebhookEvent event) {
        return new Receipt(200, reason, event, "");
    }
}
