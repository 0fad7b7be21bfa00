/** The prediction log: what was asked and answered, sampled, for drift checks, and the labels that come later. */
package io.mldelivery.serving.log;
