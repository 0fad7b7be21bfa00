/** Groups of rows in which drift concentrates. */
package io.mldelivery.drift.segment;
