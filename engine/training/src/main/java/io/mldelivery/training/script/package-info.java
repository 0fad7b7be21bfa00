/**
 * A program that runs on when the one who started it is killed, and is found again. Start at
 * {@link io.mldelivery.training.script.DurableScript}.
 */
package io.mldelivery.training.script;
