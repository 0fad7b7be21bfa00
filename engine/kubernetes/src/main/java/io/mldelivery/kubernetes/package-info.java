/**
 * Kubernetes as the product needs it: connect, apply on the server's side, watch, and know when something is ready. Start at
 * {@link io.mldelivery.kubernetes.Cluster}.
 */
package io.mldelivery.kubernetes;
