package io.mldelivery.retraining.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes deliveries in: refuses what is not genuine, ignores what it has taken before, and says what the rest reports.
 * Keeps its memory over restarts. Safe between threads.
 */
public final class WebhookInbox {
    private final DeliveryMemory memory;
    private final Clock clock;

    public WebhookInbox(DeliveryMemory memory, Clock clock) {
        this.memory = memory;
        this.clock = clock;
    }

    /**
     * Judges one delivery. A taken one is remembered before this returns.
     *
     * @param secret what sender and receiver share; an empty one fits nothing
     */
    public Receipt receive(SignatureScheme scheme, Delivery delivery, String secret) {
        Instant now = clock.instant();
        Optional<String> problem =
                secret.isEmpty() ? Optional.of("no secret is configured") : scheme.problem(delivery, secret, now);
        if (problem.isPresent()) {
            return Receipt.refused(problem.get());
        }
        WebhookEvent event = WebhookEvent.of(scheme, delivery);
        if (event instanceof WebhookEvent.Other) {
            return Receipt.ignored(event.summary(), event);
        }
        String identity = scheme.identity(delivery);
        return memory.claim(identity, now)
                ? new Receipt(202, event.summary(), event, identity)
                : Receipt.ignored("delivered before: " + event.summary(), event);
    }

    /** Gives a taken delivery back because nothing could be started, so that the sender may try again. */
    public void giveBack(Receipt receipt) {
        if (receipt.taken()) {
            memory.release(receipt.identity());
        }
    }
}
