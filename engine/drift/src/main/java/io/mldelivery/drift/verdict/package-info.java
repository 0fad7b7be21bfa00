/** Decides, from what was measured and a policy, whether the data drifted. Start at {@link io.mldelivery.drift.verdict.Judge}. */
package io.mldelivery.drift.verdict;
