/** Reads the result of a query of another database. Start at {@link io.mldelivery.data.query.QueryFile}. */
package io.mldelivery.data.query;
