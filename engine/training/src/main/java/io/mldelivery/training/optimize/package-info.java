/** Smaller and faster models. Start at {@link io.mldelivery.training.optimize.ModelOptimizer}. */
package io.mldelivery.training.optimize;
