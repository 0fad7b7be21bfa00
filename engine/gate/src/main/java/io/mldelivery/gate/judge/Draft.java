package io.mldelivery.gate.judge;

import io.mldelivery.gate.inference.Inference;
import io.mldelivery.gate.policy.Bounds;
import io.mldelivery.gate.policy.Rule;
import io.mldelivery.model.Outcome;
import io.mldelivery.stats.Interval;
import io.mldelivery.stats.TestResult;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A rule's result in the making: decided, or with an inference whose decision waits for those of the other rules. */
final class Draft {
    private final Rule rule;
    private final Optional<String> slice;
    private OptionalDouble candidate = OptionalDouble.empty();
    private OptionalDouble champion = OptionalDouble.empty();
    private OptionalDouble difference = OptionalDouble.empty();
    private Optional<Bounds> limits = Optional.empty();
    private OptionalLong rowsNeeded = OptionalLong.empty();
    private Optional<Inference> inference = Optional.empty();
    private boolean isPending;
    private long rows;
    private Outcome outcome = Outcome.ERROR;
    private String reason = "";

    Draft(Rule rule, Optional<String> slice) {
        this.rule = rule;
        this.slice = slice;
    }

    Rule rule() {
        return rule;
    }

    Draft candidate(OptionalDouble value) {
        candidate = value;
        return this;
    }

    Draft champion(OptionalDouble value) {
        champion = value;
        return this;
    }

    Draft difference(double value) {
        difference = OptionalDouble.of(value);
        return this;
    }

    Draft limits(Bounds bounds) {
        limits = Optional.of(bounds);
        return this;
    }

    Draft rowsNeeded(long count) {
        rowsNeeded = OptionalLong.of(count);
        return this;
    }

    /** Shows the inference without letting it decide. */
    Draft shown(Inference shown) {
        inference = Optional.of(shown);
        return this;
    }

    /** Lets the inference decide, later. */
    Draft pending(Inference deciding, long ofRows) {
        inference = Optional.of(deciding);
        isPending = true;
        rows = ofRows;
        return this;
    }

    Draft decided(Outcome decision, String sentence) {
        isPending = false;
        outcome = decision;
        reason = sentence;
        return this;
    }

    boolean isPending() {
        return isPending;
    }

    Inference inference() {
        return inference.orElseThrow();
    }

    Bounds limits() {
        return limits.orElseThrow();
    }

    long rows() {
        return rows;
    }

    OptionalDouble candidate() {
        return candidate;
    }

    OptionalDouble champion() {
        return champion;
    }

    /** The metric's name with the slice. */
    String subject() {
        return rule.metric() + slice.map(s -> " (" + s + ")").orElse("");
    }

    RuleResult finish(double level, OptionalDouble decisionPValue) {
        Optional<Interval> interval =
                inference.filter(i -> Double.isFinite(i.standardError())).map(i -> i.interval(level));
        Optional<TestResult> test = rule.criterion().comparesWithChampion()
                ? inference.map(Inference::test).filter(t -> Double.isFinite(t.pValue()))
                : Optional.empty();
        return new RuleResult(
                rule,
                slice,
                candidate,
                champion,
                difference,
                interval,
                test,
                decisionPValue,
                limits,
                rowsNeeded,
                outcome,
                reason,
                Optional.empty());
    }
}
