/** The step {@code input}: a human decides. */
package io.mldelivery.runner.steps.input;
