package io.mldelivery.drift.performance;

import io.mldelivery.drift.policy.ModelRoles;
import java.util.Optional;

/**
 * What a profile keeps of the model's answers on the reference.
 *
 * @param estimate the metric on the reference
 * @param calibration absent for regressions
 * @param errors absent for classifications
 */
public record ReferencePerformance(
        ModelRoles roles, Estimate estimate, Optional<Calibration> calibration, Optional<ErrorModel> errors) {

    /** The same without what would need columns that are not there. */
    public ReferencePerformance withoutErrors() {
        return new ReferencePerformance(roles, estimate, calibration, Optional.empty());
    }
}
