package io.mldelivery.retraining.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.retraining.budget.PastRetraining;
import io.mldelivery.retraining.budget.PastRetraining.End;
import io.mldelivery.retraining.webhook.WebhookEvent.AliasSet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrainingLedgerTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path home;

    private static Clock at(int minute) {
        return Clock.fixed(START.plusSeconds(minute * 60L), ZoneOffset.UTC);
    }

    private RetrainingLedger ledger(int minute) {
        return new RetrainingLedger(home.resolve("retraining.jsonl"), home, at(minute));
    }

    private void build(int number, int minute, String outcome) {
        var log = new EvidenceLog(home.resolve("jobs/flights/builds/" + number + "/evidence.jsonl"), at(minute));
        log.append("build.started", Map.of("number", number));
        log.append("alias.set", Map.of("name", "late-flights", "alias", "champion", "version", "" + number));
        log.append("rollout.finished", Map.of("outcome", outcome));
    }

    @Test
    void shouldTellAutomaticBuildsFromOthers() {
        build(1, 1, "PASS");
        long first = ledger(10).started("push", "flights", "push of a");
        build(2, 11, "FAIL");
        ledger(20).ended(first, 2);
        build(3, 25, "FAIL");
        long second = ledger(30).started("push", "flights", "push of b");
        build(4, 31, "PASS");
        ledger(40).ended(second, 0);

        assertThat(ledger(50).history("flights", Optional.empty()))
                .containsExactlyInAnyOrder(
                        new PastRetraining(at(1).instant(), false, End.PROMOTED),
                        new PastRetraining(at(10).instant(), true, End.IN_VAIN),
                        new PastRetraining(at(25).instant(), false, End.IN_VAIN),
                        new PastRetraining(at(30).instant(), true, End.PROMOTED));
    }

    @Test
    void shouldKnowTheRunningOneAndWhatARestartLost() {
        ledger(1).started("push", "flights", "push of a");
        long running = ledger(10).started("push", "flights", "push of b");

        assertThat(ledger(11).history("flights", Optional.of(running)))
                .extracting(PastRetraining::end)
                .containsExactly(End.IN_VAIN, End.RUNNING);
        assertThat(ledger(11).history("flights", Optional.empty()))
                .extracting(PastRetraining::end)
                .containsExactly(End.IN_VAIN, End.IN_VAIN);
        assertThat(ledger(11).history("iris", Optional.empty())).isEmpty();
    }

    @Test
    void shouldKnowItsOwnDoing() {
        build(3, 1, "PASS");

        assertThat(ledger(2).did("flights", new AliasSet("late-flights", "champion", "3")))
                .isTrue();
        assertThat(ledger(2).did("flights", new AliasSet("late-flights", "champion", "4")))
                .isFalse();
        assertThat(ledger(2).did("iris", new AliasSet("late-flights", "champion", "3")))
                .isFalse();
    }
}
