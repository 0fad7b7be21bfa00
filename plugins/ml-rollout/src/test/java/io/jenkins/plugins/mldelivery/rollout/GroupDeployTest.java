package io.jenkins.plugins.mldelivery.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.plugin.testing.FakeStepContext;
import io.mldelivery.rollout.local.LocalRollouts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups from the step to the journals; the registry knows every version, and no server is there to start. */
class GroupDeployTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private HttpServer mlflow;
    private LocalRun run;
    private FakeStepContext context;

    @BeforeEach
    void start() throws Exception {
        mlflow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        mlflow.createContext("/", GroupDeployTest::answer);
        mlflow.start();
        LocalJenkins.start(folder.resolve("home"));
        run = LocalJob.named("services").newBuild();
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Files.writeString(
                workspace.resolve("rollout.yaml"),
                "steps: [{weight: 100}]\nanalysis: {successRate: {min: 0.9}, interval: 100ms}\ndeadline: 1s\n");
        context = new FakeStepContext()
                .with(Run.class, run)
                .with(FilePath.class, new FilePath(workspace.toFile()))
                .with(
                        EnvVars.class,
                        new EnvVars(Map.of(
                                "MLDELIVERY_HOME",
                                folder.resolve("ml").toString(),
                                "MLFLOW_TRACKING_URI",
                                "http://127.0.0.1:" + mlflow.getAddress().getPort())))
                .with(TaskListener.class, new StreamTaskListener(log, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() throws Exception {
        var targets = new LocalRollouts(folder.resolve("ml"), Optional.empty(), new NoRegistry(), Clock.systemUTC());
        for (String target : targets.targets()) {
            targets.stop(target); // a target keeps its address, also without a version
        }
        mlflow.stop(0);
        LocalJenkins.stop();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        boolean version = exchange.getRequestURI().getPath().endsWith("model-versions/get");
        String name = exchange.getRequestURI().getQuery().replaceAll(".*name=([a-z]+).*", "$1");
        byte[] body = (version
                        ? "{\"model_version\": {\"name\": \"" + name
                                + "\", \"version\": \"2\", \"source\": \"runs:/r1/model\", \"run_id\": \"r1\", \"status\": \"READY\"}}"
                        : "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"none\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(version ? 200 : 404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static CanaryDeployStep group() {
        var step = new CanaryDeployStep();
        step.setGroup(List.of(Map.of("model", "models:/features/2"), Map.of("model", "models:/ranking/2")));
        return step;
    }

    @Test
    void shouldFailAsOneWhenNoMemberStarts() throws Exception {
        group().start(context).start();

        assertThatThrownBy(context::result)
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("not promoted within the deadline of 1.0 s");
        assertThat(BuildEvidence.of(run).events())
                .filteredOn(event -> event.type().equals("rollout.finished"))
                .hasSize(2)
                .allSatisfy(
                        event -> assertThat(event.data().path("state").asText()).isEqualTo("rolled-back"));
        assertThat(log.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("of features version 2 to local/features")
                .containsOnlyOnce("of ranking version 2 to local/ranking");
    }

    @Test
    void shouldReturnOneOutcomeForAll() throws Throwable {
        CanaryDeployStep step = group();
        step.setOnFail("ignore");
        step.start(context).start();
        var outcome = (RolloutOutcome) context.result();

        assertThat(outcome.getOutcome()).isEqualTo("FAIL");
        assertThat(outcome.getVersion()).isEqualTo("2,2");
        assertThat(outcome.getState()).isEqualTo("rolled-back");
        assertThat(outcome.getReason()).startsWith("features: rolled back: ");
    }

    /** The second target is taken: what had begun on the first goes back before the step fails. */
    @Test
    void shouldBeginAllOrNone() throws Exception {
        var other = new CanaryDeployStep("models:/ranking/2");
        other.setPlan("steps: [{weight: 100}]\nanalysis: {successRate: {min: 0.9}}\n");
        var otherContext = new FakeStepContext()
                .with(Run.class, run)
                .with(FilePath.class, context.get(FilePath.class))
                .with(EnvVars.class, context.get(EnvVars.class))
                .with(TaskListener.class, context.get(TaskListener.class));
        var elsewhere = other.start(otherContext);
        elsewhere.start();
        awaitJournal("ranking");
        group().start(context).start();

        assertThatThrownBy(context::result)
                .hasMessageContaining("of ranking version 2")
                .hasMessageContaining("is still under way");
        assertThat(Files.readString(awaitJournal("features"))).contains("rolled-back");
        elsewhere.stop(new AbortException("enough"));
        assertThatThrownBy(otherContext::result).hasMessageContaining("enough");
    }

    private Path awaitJournal(String target) throws Exception {
        Path journals = folder.resolve("ml/targets/" + target + "/rollouts");
        for (int i = 0; i < 200; i++) {
            if (Files.exists(journals.resolve("latest"))) {
                String id = Files.readString(journals.resolve("latest"))
                        .replace("\"", "")
                        .trim();
                return journals.resolve(id + ".json");
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("no rollout on " + target);
    }
}
