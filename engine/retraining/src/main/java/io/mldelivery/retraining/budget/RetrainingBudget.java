package io.mldelivery.retraining.budget;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How often events may start a retraining. Without a limit an event storm, or a retraining whose own result is the next
 * event, trains for ever. A pure function of the builds before, and of the time it is given.
 *
 * @param coolDown the least time between the starts of two retrainings, automatic or not; zero for none
 * @param maxPerDay the most automatic retrainings within any 24 hours, at least 1
 * @param maxInVain after so many automatic retrainings in a row that put nothing into production, a person has to start
 *     the next, at least 1
 */
public record RetrainingBudget(Duration coolDown, int maxPerDay, int maxInVain) {
    private static final Duration DAY = Duration.ofHours(24);

    public RetrainingBudget {
        if (coolDown.isNegative() || maxPerDay < 1 || maxInVain < 1) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "retraining budget: coolDown " + coolDown + ", maxPerDay " + maxPerDay + ", maxInVain " + maxInVain,
                    "Use a coolDown of at least 0, and at least 1 for the other two.");
        }
    }

    /**
     * Decides about one event.
     *
     * @param history the builds before, in any order; those of the last 24 hours and the last {@code maxInVain} matter
     * @param ownDoing whether the event reports what a build of the same job did, such as the alias it moved
     */
    public RetrainingDecision decide(List<PastRetraining> history, boolean ownDoing, Instant now) {
        if (ownDoing) {
            return RetrainingDecision.refuse("The event reports what a build of this job did itself.");
        }
        if (history.stream().anyMatch(past -> past.end() == PastRetraining.End.RUNNING)) {
            return RetrainingDecision.refuse("A retraining is running.");
        }
        if (inVain(history) >= maxInVain) {
            return RetrainingDecision.refuse("The last " + inVain(history)
                    + " automatic retrainings put nothing into production (limit " + maxInVain
                    + "); start one by hand to go on.");
        }
        return within(history, now);
    }

    /**
     * Decides about a request because data drifted.
     *
     * @param history as for {@link #decide}; without the build that asks
     * @param healthySince when the check last passed; automatic retrainings since then did not end the drift
     * @param busy what else of the model runs, such as a rollout
     */
    public RetrainingDecision decideOnDrift(
            List<PastRetraining> history, Optional<Instant> healthySince, Optional<String> busy, Instant now) {
        if (history.stream().anyMatch(past -> past.end() == PastRetraining.End.RUNNING)) {
            return RetrainingDecision.refuse("A retraining is running.");
        }
        if (busy.isPresent()) {
            return RetrainingDecision.refuse(busy.get() + ".");
        }
        long futile = withoutEffect(history, healthySince.orElse(Instant.EPOCH));
        if (futile >= maxInVain) {
            return RetrainingDecision.refuse("Drift went on after " + futile + " automatic retrainings (limit "
                    + maxInVain + "); bring a version into production by hand to go on.");
        }
        return within(history, now);
    }

    /** Automatic retrainings since the data last looked well, or since a person's retraining was promoted. */
    private static long withoutEffect(List<PastRetraining> history, Instant healthySince) {
        Instant since = history.stream()
                .filter(past -> !past.automatic() && past.end() == PastRetraining.End.PROMOTED)
                .map(PastRetraining::startedAt)
                .filter(start -> start.isAfter(healthySince))
                .max(Comparator.naturalOrder())
                .orElse(healthySince);
        return automaticSince(history, since).size();
    }

    private RetrainingDecision within(List<PastRetraining> history, Instant now) {
        Instant cool = lastStart(history).plus(coolDown);
        if (now.isBefore(cool)) {
            return RetrainingDecision.wait("The last retraining started less than " + inWords(coolDown) + " ago", cool);
        }
        List<Instant> today = automaticSince(history, now.minus(DAY));
        if (today.size() >= maxPerDay) {
            Instant free = today.get(today.size() - maxPerDay).plus(DAY);
            return RetrainingDecision.wait(
                    today.size() + " automatic retrainings within 24 hours (limit " + maxPerDay + ")", free);
        }
        return RetrainingDecision.start(
                (today.size() + 1) + " of " + maxPerDay + " automatic retrainings within 24 hours.");
    }

    private static String inWords(Duration time) {
        boolean whole = time.equals(Duration.ofMinutes(time.toMinutes()));
        return whole ? time.toMinutes() + " min" : time.toMillis() / 1000.0 + " s";
    }

    private static Instant lastStart(List<PastRetraining> history) {
        return history.stream()
                .map(PastRetraining::startedAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static List<Instant> automaticSince(List<PastRetraining> history, Instant since) {
        return history.stream()
                .filter(PastRetraining::automatic)
                .map(PastRetraining::startedAt)
                .filter(start -> start.isAfter(since))
                .sorted()
                .toList();
    }

    /** How many of the newest builds, one after the other, were automatic and in vain. */
    private static long inVain(List<PastRetraining> history) {
        return history.stream()
                .sorted(Comparator.comparing(PastRetraining::startedAt).reversed())
                .takeWhile(past -> past.automatic() && past.end() == PastRetraining.End.IN_VAIN)
                .count();
    }
}
