package io.mldelivery.rollout.control;

import io.mldelivery.model.Outcome;
import io.mldelivery.rollout.analysis.Measurement;
import io.mldelivery.rollout.machine.Failed;
import io.mldelivery.rollout.machine.Observation;
import io.mldelivery.rollout.machine.Observing;
import io.mldelivery.rollout.machine.Paused;
import io.mldelivery.rollout.machine.Promoted;
import io.mldelivery.rollout.machine.RolledBack;
import io.mldelivery.rollout.machine.RollingBack;
import io.mldelivery.rollout.machine.RolloutState;
import io.mldelivery.rollout.machine.Shifting;
import io.mldelivery.rollout.plan.PlanText;
import io.mldelivery.rollout.plan.RolloutPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what happened, once for each change: a sentence for the log and facts for the evidence. */
final class Chronicle {
    private final RolloutPlan plan;

    Chronicle(RolloutPlan plan) {
        this.plan = plan;
    }

    void started(Journal journal, Instant now) {
        RolloutOrder order = journal.order;
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", order.id());
        data.put("strategy", plan.strategy().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        data.put("target", order.target());
        data.put("model", reference(order.candidate()));
        data.put("previous", order.stable().map(Chronicle::reference).orElse(null));
        data.put("plan", order.planSource());
        order.drill().ifPresent(drill -> data.put("drill", drill));
        String from = order.stable()
                .map(stable -> " beside version " + stable.version())
                .orElse(", the first version here");
        String planned = order.planSource().equals(PlanText.DEFAULT_NAME) ? ", by the default plan" : "";
        journal.add(
                now,
                "rollout.started",
                "rollout " + order.id() + " of " + order.candidate().label() + " to " + order.target() + from + planned,
                data);
    }

    /** Called when the state has changed. */
    void changed(Journal journal, Observation seen, Instant now) {
        RolloutState state = journal.state;
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", journal.order.id());
        data.put("state", state.label());
        data.put("weight", weightIn(state, seen));
        data.put("outcome", outcome(state, seen).name());
        data.put("reason", reason(state, seen));
        data.put("measurements", measurements(seen, journal.order));
        journal.add(now, "rollout.step", sentence(journal, seen), data);
    }

    private int weightIn(RolloutState state, Observation seen) {
        return state instanceof Shifting shifting
                ? plan.steps().get(shifting.step()).weight()
                : seen.weight().orElse(0);
    }

    private static Outcome outcome(RolloutState state, Observation seen) {
        return state instanceof RollingBack back
                        && !back.passed()
                        && seen.verdict().outcome() == Outcome.PASS
                ? Outcome.ERROR
                : seen.verdict().outcome();
    }

    private static String reason(RolloutState state, Observation seen) {
        return state instanceof RollingBack back
                ? back.reason()
                : seen.verdict().reason();
    }

    private static List<Map<String, Object>> measurements(Observation seen, RolloutOrder order) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Measurement one : seen.verdict().measurements()) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("metric", one.metric());
            data.put("version", order.candidate().version());
            data.put("value", one.value().orElse(null));
            data.put("limit", one.limit().orElse(null));
            data.put("samples", one.samples());
            data.put("pValue", one.pValue());
            data.put("outcome", one.outcome().name());
            order.stable().filter(old -> one.againstOld()).ifPresent(old -> data.put("against", old.version()));
            if (!one.decides()) {
                data.put("decides", false);
            }
            all.add(data);
        }
        return all;
    }

    private String sentence(Journal journal, Observation seen) {
        RolloutState state = journal.state;
        if (state instanceof Shifting shifting) {
            String passed = shifting.step() == 0 ? "" : ": " + seen.verdict().reason();
            return "weight " + plan.steps().get(shifting.step()).weight() + " %" + passed;
        }
        if (state instanceof Observing observing) {
            return "measuring at " + plan.steps().get(observing.step()).weight() + " %";
        }
        if (state instanceof Paused paused) {
            return "paused: " + paused.reason();
        }
        return state instanceof RollingBack back ? ending(back) : state.label() + passed(state, seen);
    }

    private static String ending(RollingBack back) {
        return (back.passed() ? "compared, and passed: " : "rolling back: ") + back.reason();
    }

    private static String passed(RolloutState state, Observation seen) {
        return state.label().equals("promoting") ? ": " + seen.verdict().reason() : "";
    }

    void aliasSet(Journal journal, Instant now) {
        Deployment candidate = journal.order.candidate();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", candidate.model());
        data.put("alias", "champion");
        data.put("version", candidate.version());
        data.put("previous", journal.order.championBefore().orElse(null));
        data.put("rollout", journal.order.id());
        journal.add(now, "alias.set", "champion of " + candidate.model() + " is version " + candidate.version(), data);
    }

    void finished(Journal journal, Map<String, Integer> weights, Instant now) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", journal.order.id());
        data.put("outcome", Conclusion.outcome(journal).name());
        data.put("state", journal.state.label());
        data.put("reason", Conclusion.reason(journal));
        data.put("weights", weights);
        double seconds = Duration.between(journal.order.startedAt(), now).toMillis() / 1000.0;
        data.put("seconds", seconds);
        journal.rollbackSeconds.ifPresent(back -> data.put("rollbackSeconds", back));
        journal.add(now, "rollout.finished", ending(journal, seconds), data);
    }

    private static String ending(Journal journal, double seconds) {
        String time = String.format(Locale.ROOT, "%.1f s", seconds);
        RolloutState state = journal.state;
        if (state instanceof Promoted) {
            return journal.order.candidate().label() + " is promoted after " + time;
        }
        if (state instanceof RolledBack back) {
            String rollback = journal.rollbackSeconds
                    .map(s ->
                            String.format(Locale.ROOT, " (traffic was back %.2f s after the deciding measurement)", s))
                    .orElse("");
            return (back.passed() ? "compared, and passed, after " + time : "rolled back after " + time + rollback)
                    + ": " + back.reason();
        }
        return "failed after " + time + ": " + ((Failed) state).reason();
    }

    private static Map<String, Object> reference(Deployment deployment) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", deployment.model());
        data.put("version", deployment.version());
        return data;
    }
}
