package io.jenkins.plugins.mldelivery.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.model.Outcome;
import io.mldelivery.plugin.testing.FakeStepContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeHandlingTest {
    @TempDir
    private Path home;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private LocalRun run;

    private static final class Judged extends StepOutcome {
        private static final long serialVersionUID = 1L;

        Judged(Outcome outcome) {
            super(outcome, "roc_auc 0.55 is below 0.68");
        }
    }

    @BeforeEach
    void startBuild() throws Exception {
        LocalJenkins.start(home);
        run = LocalJob.named("flights").newBuild();
        run.started();
    }

    @AfterEach
    void stopJenkins() {
        LocalJenkins.stop();
    }

    private void apply(OutcomeHandling handling, Outcome outcome) throws Exception {
        var context = new FakeStepContext()
                .with(Run.class, run)
                .with(TaskListener.class, new StreamTaskListener(log, StandardCharsets.UTF_8));
        handling.apply(new Judged(outcome), context);
    }

    @ParameterizedTest
    @CsvSource({"FAIL, 'FAIL: '", "INCONCLUSIVE, 'INCONCLUSIVE: '", "ERROR, ''"})
    void shouldFailTheStepByDefault(Outcome outcome, String prefix) {
        assertThatExceptionOfType(AbortException.class)
                .isThrownBy(() -> apply(OutcomeHandling.of(null, "", " "), outcome))
                .withMessage(prefix + "roc_auc 0.55 is below 0.68");
    }

    @Test
    void shouldGoOnAfterAPass() throws Exception {
        apply(OutcomeHandling.of("fail", "fail", "fail"), Outcome.PASS);

        assertThat(run.getResult()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"FAIL, unstable, fail, fail", "INCONCLUSIVE, fail, UNSTABLE, fail", "ERROR, fail, fail, unstable"})
    void shouldMakeTheBuildUnstableWhereToldTo(Outcome outcome, String onFail, String onInconclusive, String onError)
            throws Exception {
        apply(OutcomeHandling.of(onFail, onInconclusive, onError), outcome);

        assertThat(run.getResult()).isEqualTo(Result.UNSTABLE);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("UNSTABLE: roc_auc 0.55 is below 0.68");
    }

    @Test
    void shouldIgnoreWhereToldTo() throws Exception {
        apply(OutcomeHandling.of("ignore", null, null), Outcome.FAIL);

        assertThat(run.getResult()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"unstabel, Did you mean unstable?", "banana, 'Use fail, unstable or ignore.'"})
    void shouldRefuseOtherWords(String word, String advice) {
        assertThatExceptionOfType(AbortException.class)
                .isThrownBy(() -> OutcomeHandling.of(null, word, null))
                .withMessageContaining("onInconclusive: '" + word + "' is not known")
                .withMessageContaining(advice);
    }

    @Test
    void shouldLetThroughPassAlone() {
        for (Outcome outcome : Outcome.values()) {
            assertThat(new Judged(outcome).isPassed()).isEqualTo(outcome == Outcome.PASS);
        }
    }

    @Test
    void shouldSurviveSerialization() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Judged(Outcome.INCONCLUSIVE));
            out.writeObject(OutcomeHandling.of(null, "ignore", null));
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).hasToString("INCONCLUSIVE: roc_auc 0.55 is below 0.68");
            var handling = (OutcomeHandling) in.readObject();
            assertThat(handling.reactionTo(Outcome.INCONCLUSIVE)).isEqualTo(OutcomeHandling.Reaction.IGNORE);
            assertThat(handling.reactionTo(Outcome.FAIL)).isEqualTo(OutcomeHandling.Reaction.FAIL);
        }
    }
}
