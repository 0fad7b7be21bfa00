/**
 * The two ways to an MLflow server, with the same time limits, retries and errors: {@link
 * io.mldelivery.registry.http.ClientCalls} for what MLflow's own Java client does well, {@link
 * io.mldelivery.registry.http.RestClient} for the rest (artifacts, aliases, everything that creates).
 * docs/decisions/0001-mlflow-client.md says why.
 */
package io.mldelivery.registry.http;
