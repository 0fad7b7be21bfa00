/** Leave that people give a model to fail a rule for some time. Start at {@link io.mldelivery.gate.waiver.WaiverFile}. */
package io.mldelivery.gate.waiver;
