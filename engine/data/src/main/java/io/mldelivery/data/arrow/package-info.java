/** Reads Apache Arrow's file and stream format (Feather 2). Start at {@link io.mldelivery.data.arrow.ArrowFile}. */
package io.mldelivery.data.arrow;
