/**
 * How good a model's answers are on the current rows: measured where labels are known, estimated where they are not.
 * Start at {@link io.mldelivery.drift.performance.PerformanceCheck}.
 */
package io.mldelivery.drift.performance;
