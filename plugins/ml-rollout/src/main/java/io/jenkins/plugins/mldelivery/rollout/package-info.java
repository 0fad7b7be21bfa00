/** The step {@code canaryDeploy}: carries the engine's rollout through a Pipeline. Decides nothing itself. */
package io.jenkins.plugins.mldelivery.rollout;
