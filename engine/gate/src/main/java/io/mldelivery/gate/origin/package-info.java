/** Measures what rules ask of files of their own: training rows, tables, metamorphic cases, disturbed predictions. */
package io.mldelivery.gate.origin;
