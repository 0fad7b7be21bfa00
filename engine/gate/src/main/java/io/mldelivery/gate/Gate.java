package io.mldelivery.gate;

import io.mldelivery.gate.history.Baseline;
import io.mldelivery.gate.holdout.Allowance;
import io.mldelivery.gate.holdout.DecisionDigest;
import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateEvaluator;
import io.mldelivery.gate.judge.GateInput;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.origin.Origins;
import io.mldelivery.gate.policy.Against;
import io.mldelivery.gate.policy.Criterion.Change;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.PredictionFiles;
import io.mldelivery.gate.predictions.PredictionReader;
import io.mldelivery.gate.scoring.RowScoring;
import io.mldelivery.gate.waiver.Waiving;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what a gate judges by, and judges. */
public final class Gate {
    private final GateRequest request;
    private final GatePolicy policy;
    private final Instant now = Instant.now();

    private Gate(GateRequest request) {
        this.request = request;
        this.policy = GatePolicy.parse(request.policyName(), request.policy());
    }

    /**
     * Judges. Data that cannot be read or contradicts itself, and a registry that does not answer, give the outcome
     * ERROR; a wrong policy or address is a {@link DeliveryException} (code CONFIG).
     */
    public static GateResult judge(GateRequest request) {
        return new Gate(request).judge();
    }

    private GateResult judge() {
        try {
            Champion champion = request.champion().read();
            Optional<PredictionFiles> files = files(champion);
            Optional<EvaluationSet> set = files.map(given -> PredictionReader.read(
                    given, policy.columns(), GateEvaluator.taskOf(policy), GateEvaluator.slicesOf(policy)));
            Optional<Allowance> allowance = allowance(set);
            var origins = new Origins(
                    policy, request.folder(), files, request.context().scoring(), now);
            var input = new GateInput(
                    request.metrics().read(),
                    champion,
                    set,
                    origins.derived(),
                    origins.disturbed(),
                    baselines(),
                    allowance);
            GatePolicy spending = allowance
                    .filter(given -> !given.isSpent())
                    .map(given -> policy.withAlpha(given.alpha()))
                    .orElse(policy);
            GateResult result = GateEvaluator.evaluate(spending, input);
            return Waiving.apply(
                    result, request.context().waivers(), request.context().versions(), now);
        } catch (DeliveryException e) {
            if (e.code() == Code.CONFIG) {
                throw e;
            }
            return GateResult.unmeasurable(policy, e.what() + ". " + e.advice());
        }
    }

    /** The predictions that were given, and those that are made here by running the models on the same rows. */
    private Optional<PredictionFiles> files(Champion champion) {
        Optional<RowScoring> scoring = request.context().scoring().filter(RowScoring::hasRows);
        if (scoring.isEmpty()) {
            return request.predictions();
        }
        String candidate = request.predictions()
                .map(PredictionFiles::candidate)
                .orElseGet(() -> scoring.get().candidate(policy.columns()));
        Optional<String> other = request.predictions().flatMap(PredictionFiles::champion);
        if (other.isEmpty() && champion instanceof Champion.Present) {
            other = Optional.of(scoring.get().champion(policy.columns()));
        }
        return Optional.of(new PredictionFiles(request.folder(), candidate, other));
    }

    private Optional<Allowance> allowance(Optional<EvaluationSet> set) {
        return request.context()
                .holdouts()
                .flatMap(ledger -> set.map(rows -> Allowance.next(
                        ledger, policy, rows.digest(), DecisionDigest.of(request.policy(), rows.candidate()))));
    }

    private Map<Against, Champion> baselines() {
        Map<Against, Champion> baselines = new LinkedHashMap<>();
        policy.rules().forEach(rule -> {
            if (rule.criterion() instanceof Change change && !(change.against() instanceof Against.TheChampion)) {
                baselines.computeIfAbsent(change.against(), this::baseline);
            }
        });
        return baselines;
    }

    private Champion baseline(Against against) {
        if (against instanceof Against.Model model) {
            return request.context().models().apply(model.address());
        }
        return Baseline.of((Against.Builds) against, request.context().history())
                .<Champion>map(Champion.Present::new)
                .orElseGet(() -> new Champion.Absent("no earlier build of this job has passed a gate"));
    }
}
