package io.mldelivery.gate;

import io.mldelivery.gate.judge.GateEvaluator;
import io.mldelivery.gate.judge.GateInput;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.origin.Origins;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.PredictionReader;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.model.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what a gate judges by, and judges. */
public final class Gate {
    private Gate() {}

    /**
     * Judges. Data that cannot be read or contradicts itself, and a registry that does not answer, give the outcome
     * ERROR; a wrong policy or address is a {@link DeliveryException} (code CONFIG).
     */
    public static GateResult judge(GateRequest request) {
        GatePolicy policy = GatePolicy.parse(request.policyName(), request.policy());
        try {
            Optional<EvaluationSet> predictions = request.predictions().map(files -> PredictionReader.read(files,
                    policy.columns(), GateEvaluator.taskOf(policy), GateEvaluator.slicesOf(policy)));
            var origins = new Origins(policy, request.folder(), request.predictions(), Instant.now());
            var input = new GateInput(request.metrics().read(), request.champion().read(), predictions,
                    origins.derived(), origins.disturbed());
            return GateEvaluator.evaluate(policy, input);
        } catch (DeliveryException e) {
            if (e.code() == Code.CONFIG) {
                throw e;
            }
            return new GateResult(Outcome.ERROR, e.what() + ". " + e.advice(), List.of(), policy.alpha(),
                    policy.multiplicity(), 0, OptionalLong.empty());
        }
    }
}
