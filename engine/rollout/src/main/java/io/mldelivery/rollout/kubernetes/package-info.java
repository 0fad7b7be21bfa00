/**
 * Rollouts on a Kubernetes cluster: a Deployment and a Service for each version, traffic by a router of the cluster. Start at
 * {@link io.mldelivery.rollout.kubernetes.KubernetesTarget}.
 */
package io.mldelivery.rollout.kubernetes;
