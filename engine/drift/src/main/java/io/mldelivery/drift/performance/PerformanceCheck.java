package io.mldelivery.drift.performance;

import io.mldelivery.data.Column;
import io.mldelivery.drift.finding.PerformanceFinding;
import io.mldelivery.drift.policy.ModelRoles;
import io.mldelivery.drift.rows.RowSample;
import io.mldelivery.stats.Tails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares how good the model is on current rows with how good it was on the reference. Worse means: worse by more than
 * the policy's tolerance, and the difference less the tolerance is significant at the policy's level.
 */
public final class PerformanceCheck {
    private final ModelRoles roles;
    private final double level;

    public PerformanceCheck(ModelRoles roles, double level) {
        this.roles = roles;
        this.level = level;
    }

    /**
     * What a profile keeps; empty when the reference has no labels or too few rows.
     *
     * @param inputs the model's inputs in the sample; the error of a regression is learnt from them
     */
    public Optional<ReferencePerformance> reference(RowSample sample, List<Column> inputs) {
        Answers answers = Answers.of(sample, roles);
        return Quality.of(roles, answers)
                .map(estimate -> roles.metric().isClassification()
                        ? new ReferencePerformance(roles, estimate, Optional.of(calibration(answers)), Optional.empty())
                        : new ReferencePerformance(
                                roles,
                                estimate,
                                Optional.empty(),
                                Optional.of(ErrorModel.learn(roles, inputs, sample, answers))));
    }

    private static Calibration calibration(Answers answers) {
        return Calibration.of(answers.predictions(), answers.labels().orElseThrow());
    }

    /** Measured on labelled rows, estimated for all, against what is known of the reference. */
    public List<PerformanceFinding> compare(ReferencePerformance reference, RowSample current) {
        List<PerformanceFinding> findings = new ArrayList<>();
        Quality.of(roles, Answers.of(current, roles))
                .ifPresent(now -> findings.add(finding(
                        "realised", reference.estimate(), now, now.rows() + " labelled rows; intervals at 95 %")));
        Answers all = Answers.unlabelled(current, roles);
        reference.calibration().filter(found -> all.size() >= 2).ifPresent(calibration -> {
            double[] probabilities = java.util.Arrays.stream(all.predictions())
                    .map(calibration::probability)
                    .toArray();
            findings.add(finding(
                    "estimated",
                    reference.estimate(),
                    Expectation.of(roles, all.predictions(), probabilities),
                    "without labels, from calibrated confidence; holds while only the inputs changed"));
        });
        reference
                .errors()
                .filter(found -> all.size() >= 2)
                .ifPresent(errors -> findings.add(finding(
                        "estimated",
                        reference.estimate(),
                        errors.estimate(roles, current, all),
                        "without labels, from a model of the error; holds while only the inputs changed")));
        return findings;
    }

    private PerformanceFinding finding(String kind, Estimate before, Estimate now, String detail) {
        double worsening = roles.metric().worsening(before.value(), now.value());
        double error = Math.hypot(before.standardError(), now.standardError());
        double pValue = error > 0
                ? Tails.normalSurvival((worsening - roles.tolerance()) / error)
                : worsening > roles.tolerance() ? 0 : 1;
        return new PerformanceFinding(
                kind,
                roles.metric().toString(),
                before.value(),
                now.value(),
                now.low(),
                now.high(),
                now.rows(),
                OptionalDouble.of(pValue),
                worsening > roles.tolerance() && pValue <= level,
                detail);
    }
}
