/**
 * Signed events from outside start retraining builds. A request takes this way: {@code WebhookEndpoint} reads it,
 * the engine's inbox judges it, {@code RetrainingStarter} starts the build as the configured user.
 */
package io.jenkins.plugins.mldelivery.retraining;
