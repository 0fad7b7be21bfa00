/** Metrics by name: which ones exist, which way is better, and values as files and MLflow runs report them. */
package io.mldelivery.gate.metric;
