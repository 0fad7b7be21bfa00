/** Finds the models that a gate is told of: files, builds, MLflow's runs and registered versions. */
package io.mldelivery.gate.model;
