package io.mldelivery.rollout.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.rollout.control.RolloutReport.Event;
import io.mldelivery.rollout.control.RolloutReport.Standing;
import io.mldelivery.rollout.control.RolloutReport.Status;
import io.mldelivery.rollout.machine.Paused;
import io.mldelivery.rollout.machine.RollingBack;
import io.mldelivery.rollout.plan.RolloutPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told about a rollout to those who ask how it stands. */
final class Account {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration REACTION = Duration.ofMillis(500);

    private final Journal journal;
    private final RolloutPlan plan;
    private final RolloutTarget target;

    Account(Journal journal, RolloutPlan plan, RolloutTarget target) {
        this.journal = journal;
        this.plan = plan;
        this.target = target;
    }

    /** Percent of the answers by version, read back from the target; empty when they cannot be read. */
    Map<String, Integer> weights() {
        Map<String, Integer> weights = new LinkedHashMap<>();
        try {
            int share = target.split(journal.order.candidate()).answers();
            weights.put(journal.order.candidate().key(), share);
            journal.order.stable().ifPresent(stable -> weights.put(stable.key(), 100 - share));
            return weights;
        } catch (DeliveryException e) {
            return Map.of(); // not known
        }
    }

    /** @param knownEvents how many of the rollout's events the caller has */
    RolloutReport report(int knownEvents) {
        var status = new Status(
                journal.order.id(),
                journal.order.candidate().version(),
                journal.state.label(),
                journal.state.isFinal(),
                Conclusion.outcome(journal),
                Conclusion.reason(journal),
                standing());
        List<Event> events = journal.events.stream()
                .filter(event -> event.sequence() > knownEvents)
                .map(this::travelling)
                .toList();
        long interval = lookAgain().toMillis();
        return new RolloutReport(
                status, weights(), events, interval, target.address().orElse(""));
    }

    private Standing standing() {
        if (journal.state instanceof Paused paused) {
            boolean last = paused.step() == plan.steps().size() - 1;
            return last && journal.order.group().isPresent() ? Standing.WAITS_FOR_GROUP : Standing.ON_ITS_WAY;
        }
        if (journal.state instanceof RollingBack back && !back.passed()) {
            return Standing.GOING_BACK;
        }
        return journal.state.isFinal() ? Standing.ENDED : Standing.ON_ITS_WAY;
    }

    /** Where looking costs nothing, crashes are looked for more often than is measured. */
    private Duration lookAgain() {
        Duration interval = plan.analysis().interval();
        return target.watches() && interval.compareTo(REACTION) > 0 ? REACTION : interval;
    }

    private Event travelling(RolloutEvent event) {
        try {
            return new Event(
                    event.sequence(),
                    event.type(),
                    event.text(),
                    MAPPER.writeValueAsString(event.data()),
                    new ArrayList<>(Notifier.mailTo(plan.notifications(), event)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event's data are maps, lists, texts and numbers", e);
        }
    }
}
