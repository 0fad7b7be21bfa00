/**
 * What the product needs from MLflow: runs with their parameters and metrics, artifacts over HTTP, registered models
 * and their aliases. Start at {@link io.mldelivery.registry.Mlflow#connect}.
 *
 * <p>Every failure is a {@link io.mldelivery.model.DeliveryException} with the code {@code REGISTRY} (or {@code CONFIG}
 * for an address or a model name that cannot be right), in two lines without a secret.
 */
package io.mldelivery.registry;
