/** What earlier builds of a job have shown. Start at {@link io.mldelivery.gate.history.PastBuild}. */
package io.mldelivery.gate.history;
