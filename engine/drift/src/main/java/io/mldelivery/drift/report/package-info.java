/** A drift check's result as JSON and as a page. */
package io.mldelivery.drift.report;
