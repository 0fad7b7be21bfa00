/** Writes a first policy for a model from what is known of it. */
package io.mldelivery.gate.starter;
