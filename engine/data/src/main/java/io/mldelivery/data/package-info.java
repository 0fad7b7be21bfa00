/**
 * Tables from files (CSV, TSV, JSON Lines, Parquet, Arrow), addresses and other databases, queried by DuckDB inside this
 * process. Start at
 * {@link io.mldelivery.data.Tables#open}.
 */
package io.mldelivery.data;
