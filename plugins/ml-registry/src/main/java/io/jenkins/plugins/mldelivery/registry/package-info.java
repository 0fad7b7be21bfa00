/** The step {@code registerModel}. Start at {@link io.jenkins.plugins.mldelivery.registry.RegisterModelStep}. */
package io.jenkins.plugins.mldelivery.registry;
