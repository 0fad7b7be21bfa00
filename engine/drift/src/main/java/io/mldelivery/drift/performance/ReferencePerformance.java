package io.mldelivery.drift.performance;

import io.mldelivery.drift.policy.ModelRoles;
import java.util.Optional;

/**
 * What a profile keeps of the model's answers on the reference.
 *
 * @param estimate the metric on the reference
 * @param calibration absent for regressions
 */
public record ReferencePerformance(ModelRoles roles, Estimate estimate, Optional<Calibration> calibration) {}
