package io.mldelivery.gate.judge;

import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.gate.predictions.EvaluationSet;
import java.util.Optional;

/**
 * What a candidate is judged by.
 *
 * @param metrics what was reported of the candidate
 * @param predictions what candidate and champion say about the same rows
 */
public record GateInput(MetricSet metrics, Champion champion, Optional<EvaluationSet> predictions) {}
