/** Hands a check to a Spark cluster. */
package io.mldelivery.drift.submit;
