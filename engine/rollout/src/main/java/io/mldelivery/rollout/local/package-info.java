/**
 * Rollouts on one machine without a cluster: serving processes side by side behind our own proxy. Start at
 * {@link io.mldelivery.rollout.local.LocalRollouts}.
 */
package io.mldelivery.rollout.local;
