/** The model registry of a rollout is MLflow's. */
package io.mldelivery.rollout.mlflow;
