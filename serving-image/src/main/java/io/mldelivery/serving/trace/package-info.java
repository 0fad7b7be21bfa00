/** OpenTelemetry traces of requests that are part of one; off unless a collector is named. */
package io.mldelivery.serving.trace;
