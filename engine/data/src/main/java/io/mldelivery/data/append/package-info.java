/** Rows that come one by one from a reader of this program, on their way into a table. */
package io.mldelivery.data.append;
