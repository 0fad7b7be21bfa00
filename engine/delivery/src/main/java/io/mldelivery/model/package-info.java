/** Words that every module shares: the four {@link io.mldelivery.model.Outcome outcomes} and the one error type. */
package io.mldelivery.model;
