/**
 * Retraining without a controller: which events start which Jenkinsfile, and what was started before. Start at
 * {@link io.mldelivery.retraining.local.LocalTrigger}.
 */
package io.mldelivery.retraining.local;
