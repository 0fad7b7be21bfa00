/**
 * The way to an MLflow server: JSON and files over HTTP with time limits, retries of what is safe to repeat, and errors
 * a person can act on. Start at {@link io.mldelivery.registry.http.RestClient}.
 *
 * <p>MLflow's own Java client is not used here: it has no time limits, repeats requests that create things, and starts
 * Python for every artifact.
 */
package io.mldelivery.registry.http;
