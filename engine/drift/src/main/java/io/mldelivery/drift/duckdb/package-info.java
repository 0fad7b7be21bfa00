/** Reads and counts with DuckDB in this process. Start at {@link io.mldelivery.drift.duckdb.DuckDbEngine}. */
package io.mldelivery.drift.duckdb;
