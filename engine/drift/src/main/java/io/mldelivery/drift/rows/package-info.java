/** Rows of both tables, drawn at random, for questions about several columns of a row. */
package io.mldelivery.drift.rows;
