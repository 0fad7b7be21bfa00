/** A gate's result as JSON, as a table for logs, as JUnit XML and as a section of a page. */
package io.mldelivery.gate.report;
