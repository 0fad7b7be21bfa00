/**
 * What a training depends on, told apart by digests: code, environment, data, parameters, seed. Start at
 * {@link io.mldelivery.training.inputs.TrainingInputs}.
 */
package io.mldelivery.training.inputs;
