package io.jenkins.plugins.mldelivery.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.CauseAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.jenkins.plugins.mldelivery.request.RetrainingAnswer;
import io.jenkins.plugins.mldelivery.request.RetrainingDesk;
import io.jenkins.plugins.mldelivery.request.RetrainingRequest;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalQueue;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.model.DeliveryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftDeskTest {
    @TempDir
    private Path home;

    private final List<String> started = new ArrayList<>();
    private LocalJob training;
    private LocalRun check;

    @BeforeEach
    void startJenkins() throws Exception {
        LocalJenkins.start(home);
        training = LocalJob.named("train-flights");
        check = LocalJob.named("check-flights").newBuild();
        check.started();
        User.getById("retraining", true);
        LocalQueue.use((job, quietPeriod, actions) -> {
            CauseAction cause = (CauseAction) actions.get(0);
            started.add(job.getFullName() + ": " + cause.getCauses().get(0).getShortDescription());
            return new Queue.Item(null, actions, 1, null) {};
        });
        configure("flights", 0);
    }

    @AfterEach
    void stopJenkins() {
        LocalQueue.use((scheduled, quietPeriod, actions) -> null);
        LocalJenkins.stop();
    }

    private static void configure(String model, int coolDown) {
        var trigger = new RetrainingTrigger("flights-drift", "drift", "", "train-flights", "retraining");
        trigger.setSubject(model);
        trigger.setCoolDownMinutes(coolDown);
        RetrainingConfiguration.get().setTriggers(List.of(trigger));
    }

    private RetrainingAnswer ask(String model, Instant healthySince) {
        return RetrainingDesk.ask(
                check,
                new RetrainingRequest(
                        "flights-drift",
                        Optional.of(model),
                        "3 of 9 columns drifted",
                        Optional.ofNullable(healthySince),
                        Instant.now()));
    }

    private LocalRun retraining(String rollout) throws Exception {
        LocalRun run = training.newBuild();
        run.addAction(new CauseAction(new RetrainingCause("flights-drift", "drift")));
        run.started();
        if (rollout != null) {
            BuildEvidence.of(run).append("rollout.finished", Map.of("id", "r", "outcome", rollout));
        }
        run.finished(Result.SUCCESS);
        return run;
    }

    @Test
    void shouldStartTheTriggersJobAndNameTheCheck() {
        assertThat(ask("flights", null).started()).isTrue();
        assertThat(started)
                .containsExactly(
                        "train-flights: Retraining, trigger flights-drift: drift found by check-flights#1: 3 of 9"
                                + " columns drifted");
    }

    @Test
    void shouldNotStartWhileRetrainingOrRolloutOfTheModelRuns() throws Exception {
        LocalRun running = training.newBuild();
        running.started();
        assertThat(ask("flights", null).reason()).isEqualTo("A retraining is running.");
        running.finished(Result.SUCCESS);
        LocalRun deploying = LocalJob.named("deploy").newBuild();
        deploying.started();
        BuildEvidence.of(deploying)
                .append("rollout.started", Map.of("id", "r1", "model", Map.of("name", "flights", "version", "3")));
        assertThat(ask("flights", null).reason())
                .startsWith("A rollout of flights runs in ")
                .contains("deploy");
        BuildEvidence.of(deploying).append("rollout.finished", Map.of("id", "r1", "outcome", "PASS"));
        assertThat(ask("flights", null).started()).isTrue();
        assertThat(started).hasSize(1);
    }

    @Test
    void shouldStopWhenTwoRetrainingsDidNotEndTheDrift() throws Exception {
        retraining("PASS");
        Instant between = Instant.now();
        assertThat(ask("flights", null).started()).isTrue();
        Thread.sleep(2);
        retraining("PASS");
        RetrainingAnswer answer = ask("flights", null);
        assertThat(answer.started()).isFalse();
        assertThat(answer.reason()).startsWith("Drift went on after 2 automatic retrainings (limit 2)");
        assertThat(ask("flights", between).started()).isTrue();
    }

    @Test
    void shouldCoolDownAndWaitForItsModel() throws Exception {
        configure("flights", 60);
        retraining("PASS");
        assertThat(ask("flights", null).reason()).contains("less than 60 min ago");
        assertThat(ask("trains", null).reason()).isEqualTo("The trigger waits for the model flights.");
        assertThat(started).isEmpty();
    }

    @Test
    void shouldKnowTriggersForDriftChecksOnly() {
        RetrainingConfiguration.get()
                .setTriggers(List.of(
                        new RetrainingTrigger("flights-drift", "github", "hook", "train-flights", "retraining")));
        assertThatThrownBy(() -> ask("flights", null))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("there is no trigger 'flights-drift' for drift checks");
    }
}
