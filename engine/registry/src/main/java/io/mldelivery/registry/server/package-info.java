/**
 * A real MLflow server on this machine, for people who have none: made, started, found again and stopped by
 * {@link io.mldelivery.registry.server.MlflowServer}.
 */
package io.mldelivery.registry.server;
