/**
 * The weighted HTTP proxy of targets without a cluster, a process of its own that outlives the build. Uses nothing but the
 * JDK, because it runs from a jar that holds this package alone. Start at {@link io.mldelivery.rollout.proxy.ProxyMain}.
 */
package io.mldelivery.rollout.proxy;
