/**
 * Events that other systems send: whether they are genuine, new, and what they say. Start at
 * {@link io.mldelivery.retraining.webhook.WebhookInbox}.
 */
package io.mldelivery.retraining.webhook;
