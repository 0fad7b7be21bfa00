/** The step {@code trainModel}. Start at {@link io.jenkins.plugins.mldelivery.training.TrainModelStep}. */
package io.jenkins.plugins.mldelivery.training;
