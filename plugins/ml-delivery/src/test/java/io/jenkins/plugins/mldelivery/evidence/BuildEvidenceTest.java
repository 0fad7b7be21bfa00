package io.jenkins.plugins.mldelivery.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hudson.model.ParametersAction;
import hudson.model.PasswordParameterValue;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.model.listeners.RunListener;
import hudson.security.AccessDeniedException3;
import hudson.util.StreamTaskListener;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.local.hooks.Permissions;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.stapler.StaplerResponse2;

class BuildEvidenceTest {
    @TempDir
    private Path home;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private LocalRun run;
    private BuildEvidence evidence;

    @BeforeEach
    void startBuild() throws Exception {
        LocalJenkins.start(home);
        run = LocalJob.named("flights").newBuild();
        run.started();
        evidence = BuildEvidence.of(run);
    }

    @AfterEach
    void stopJenkins() {
        Permissions.use((who, what) -> true);
        LocalJenkins.stop();
    }

    private void finish(Result result) throws IOException {
        run.finished(result);
        RunListener.fireCompleted(run, new StreamTaskListener(log, StandardCharsets.UTF_8));
    }

    @Test
    void shouldBeginWithTheBuildItself() throws IOException {
        run.addAction(new ParametersAction(
                new StringParameterValue("MODEL", "weak"), new PasswordParameterValue("TOKEN", "hunter2")));

        evidence.append("gate.evaluated", Map.of("outcome", "PASS"));

        List<EvidenceEvent> events = evidence.events();
        assertThat(events).extracting(EvidenceEvent::type).containsExactly("build.started", "gate.evaluated");
        assertThat(events.get(0).data().get("job").asText()).isEqualTo("flights");
        assertThat(events.get(0).data().get("number").asInt()).isEqualTo(1);
        assertThat(events.get(0).data().get("parameters")).hasToString("{\"MODEL\":\"weak\"}");
        assertThat(Files.readString(evidence.file())).doesNotContain("hunter2");
    }

    @Test
    void shouldEndWithTheResultAndLogTheHead() throws IOException {
        evidence.append("gate.evaluated", Map.of("outcome", "FAIL"));

        finish(Result.FAILURE);

        List<EvidenceEvent> events = evidence.events();
        assertThat(events.get(2).type()).isEqualTo("build.finished");
        assertThat(events.get(2).data().get("result").asText()).isEqualTo("FAILURE");
        assertThat(events.get(2).data().get("durationSeconds").asDouble()).isBetween(0.0, 60.0);
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("[ML Delivery] evidence: 3 events, head "
                        + EvidenceLog.at(evidence.file()).verify().head());
    }

    @Test
    void shouldKeepNoEvidenceOfABuildWithoutADeliveryStep() throws IOException {
        finish(Result.SUCCESS);

        assertThat(evidence.exists()).isFalse();
        assertThat(run.getAction(EvidenceAction.class)).isNull();
        assertThat(log.size()).isZero();
    }

    @Test
    void shouldSayInTheLogWhenTheEvidenceCannotBeEnded() throws IOException {
        evidence.append("gate.evaluated", Map.of());
        Files.writeString(evidence.file(), "tampered\n");

        finish(Result.SUCCESS);

        assertThat(log.toString(StandardCharsets.UTF_8)).contains("ERROR: [ML Delivery]", "not an evidence event");
    }

    @Test
    void shouldKeepItsPageOverARestart() throws Exception {
        evidence.append("gate.evaluated", Map.of("outcome", "PASS", "reason", "all good"));
        evidence.append("drift.checked", Map.of("outcome", "FAIL", "reason", "5 columns"));
        LocalJenkins.stop();

        LocalJenkins.start(home);
        LocalRun loaded = LocalJob.named("flights").getBuildByNumber(1);

        List<EvidenceAction> actions = loaded.getActions(EvidenceAction.class);
        assertThat(actions).hasSize(1);
        assertThat(actions.get(0).getRun()).isSameAs(loaded);
        assertThat(actions.get(0).getSteps())
                .extracting(step -> step.step() + " " + step.outcome() + " " + step.sentence())
                .containsExactly("evaluateGate PASS all good", "driftCheck FAIL 5 columns");
    }

    @Test
    void shouldBringItsPageBackWhenTheBuildWasStoredWithoutIt() throws Exception {
        evidence.append("gate.evaluated", Map.of("outcome", "PASS", "reason", "all good"));
        run.removeActions(EvidenceAction.class);

        evidence.append("drift.checked", Map.of("outcome", "PASS", "reason", "none"));

        assertThat(action().getSteps()).hasSize(2);
        assertThat(evidence.events()).extracting(EvidenceEvent::type).containsOnlyOnce("build.started");
    }

    @Test
    void shouldServeTheReportAsJson() throws IOException {
        evidence.append("gate.evaluated", Map.of("outcome", "PASS", "reason", "all good"));

        String json = get((action, response) -> action.doReport(null, response));

        assertThat(json).contains("\"job\":\"flights\"", "\"sentence\":\"all good\"", "\"complete\":false");
    }

    @Test
    void shouldServeTheEvidenceItself() throws IOException {
        evidence.append("gate.evaluated", Map.of());

        assertThat(get((action, response) -> action.doEvidence(null, response)))
                .isEqualTo(Files.readString(evidence.file()));
    }

    @Test
    void shouldShowTheProblemInsteadOfEvidenceThatWasChanged() throws IOException {
        evidence.append("gate.evaluated", Map.of("outcome", "FAIL"));
        evidence.append("gate.evaluated", Map.of("outcome", "PASS"));
        Files.writeString(evidence.file(), Files.readString(evidence.file()).replace("FAIL", "PASS"));

        assertThat(action().getProblem()).contains("evidence.jsonl:3: this line does not follow");
        assertThat(action().getSteps()).isEmpty();
        assertThat(get((action, response) -> action.doReport(null, response))).startsWith("{\"problem\":\"");
    }

    @Test
    void shouldServeOnlyThoseWhoMayReadTheJob() {
        evidence.append("gate.evaluated", Map.of());
        Permissions.use((who, what) -> false);

        assertThatExceptionOfType(AccessDeniedException3.class)
                .isThrownBy(() -> get((action, response) -> action.doReport(null, response)));
        assertThatExceptionOfType(AccessDeniedException3.class)
                .isThrownBy(() -> get((action, response) -> action.doEvidence(null, response)));
    }

    private EvidenceAction action() {
        return run.getAction(EvidenceAction.class);
    }

    /** A request to one of the action's addresses. */
    private interface Request {
        void send(EvidenceAction action, StaplerResponse2 response) throws IOException;
    }

    private String get(Request request) throws IOException {
        var body = new ByteArrayOutputStream();
        var stream = new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(int b) {
                body.write(b);
            }
        };
        var response = (StaplerResponse2) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {StaplerResponse2.class},
                (proxy, method, arguments) -> method.getName().equals("getOutputStream") ? stream : null);
        request.send(action(), response);
        return body.toString(StandardCharsets.UTF_8);
    }
}
