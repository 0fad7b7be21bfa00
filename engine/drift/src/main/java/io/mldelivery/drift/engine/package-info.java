/**
 * The port to what reads the data of a check and counts it. Everything that is judged passes through
 * {@link io.mldelivery.drift.engine.Frame}, so engines differ in where the work is done and not in the verdict.
 */
package io.mldelivery.drift.engine;
