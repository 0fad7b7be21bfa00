/** Reads where a rollout shall happen. Start at {@link io.mldelivery.rollout.targets.TargetFile}. */
package io.mldelivery.rollout.targets;
