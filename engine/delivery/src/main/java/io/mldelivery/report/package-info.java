/**
 * The report of one build: a view of its evidence as a document, a page and one sentence a step. Start at
 * {@link io.mldelivery.report.BuildReport}.
 */
package io.mldelivery.report;
