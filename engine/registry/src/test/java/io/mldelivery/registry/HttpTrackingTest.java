package io.mldelivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.model.DeliveryException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mlflow.tracking.MlflowClient;

/** Against a real server; what we write is read back by MLflow's own Java client too. */
class HttpTrackingTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private final Mlflow mlflow = RealMlflow.connect();
    private final Tracking tracking = mlflow.tracking();

    @Test
    void shouldReadBackWhatARunRecorded() {
        TrackedRun run = run("read-back");
        tracking.logParameters(run.runId(), Map.of("depth", "7", "note", "ä ß \"quoted\" ✓"));
        tracking.logMetrics(run.runId(), Map.of("auc", 0.75, "none", Double.NaN, "top", Double.POSITIVE_INFINITY));
        tracking.finish(run.runId(), RunStatus.FINISHED, NOW.plusSeconds(5));

        TrackedRun read = tracking.run(run.runId());

        assertThat(read.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(read.startedAt()).isEqualTo(NOW);
        assertThat(read.endedAt()).contains(NOW.plusSeconds(5));
        assertThat(read.parameters()).containsEntry("note", "ä ß \"quoted\" ✓").containsEntry("depth", "7");
        assertThat(read.metrics()).containsEntry("auc", 0.75).containsEntry("none", Double.NaN);
        assertThat(read.metrics().get("top")).isGreaterThan(1e300); // SQLite's stand-in for infinity
        assertThat(read.tags()).containsEntry("mldelivery.kind", "test");
    }

    @Test
    void shouldBeReadableByMlflowsOwnClient() {
        TrackedRun run = run("own-client");
        tracking.logMetrics(run.runId(), Map.of("auc", 0.75));

        try (MlflowClient client = new MlflowClient(RealMlflow.server().uri().toString())) {
            assertThat(client.getRun(run.runId()).getData().getMetrics(0).getValue())
                    .isEqualTo(0.75);
            assertThat(client.getRun(run.runId()).getInfo().getExperimentId()).isEqualTo(run.experimentId());
        }
    }

    @Test
    void shouldSplitWhatIsMoreThanOneRequestTakes() {
        TrackedRun run = run("many");
        Map<String, String> parameters = new HashMap<>();
        Map<String, Double> metrics = new HashMap<>();
        for (int i = 0; i < 250; i++) {
            parameters.put("p" + i, "v" + i);
            metrics.put("m" + i, (double) i);
        }

        tracking.logParameters(run.runId(), parameters);
        tracking.logMetrics(run.runId(), metrics);

        assertThat(tracking.run(run.runId()).parameters()).isEqualTo(parameters);
        assertThat(tracking.run(run.runId()).metrics()).isEqualTo(metrics);
    }

    @Test
    void shouldFindRunsByTagNewestFirst() {
        String experiment = tracking.experiment("search-" + UUID.randomUUID());
        tracking.start(experiment, "old", Map.of("mldelivery.inputs_digest", "abc"), NOW);
        tracking.start(experiment, "new", Map.of("mldelivery.inputs_digest", "abc"), NOW.plusSeconds(1));
        tracking.start(experiment, "other", Map.of("mldelivery.inputs_digest", "xyz"), NOW);

        var found = tracking.search(experiment, "tags.`mldelivery.inputs_digest` = 'abc'", 10);

        assertThat(found).extracting(TrackedRun::name).containsExactly("new", "old");
    }

    @Test
    void shouldReturnTheSameExperimentWhenItExistsAndRestoreItWhenDeleted() {
        String name = "again-" + UUID.randomUUID();
        String id = tracking.experiment(name);
        try (MlflowClient client = new MlflowClient(RealMlflow.server().uri().toString())) {
            client.deleteExperiment(id);
        }

        assertThat(tracking.experiment(name)).isEqualTo(id);
        assertThat(tracking.start(id, "works", Map.of(), NOW).experimentId()).isEqualTo(id);
    }

    @Test
    void shouldSayInTwoLinesWhatIsWrongWhenThereIsNoSuchRun() {
        assertThatThrownBy(() -> tracking.run("0123456789abcdef0123456789abcdef"))
                .isInstanceOfSatisfying(DeliveryException.class, e -> {
                    assertThat(e.code()).isEqualTo(DeliveryException.Code.REGISTRY);
                    assertThat(e.what()).contains("RESOURCE_DOES_NOT_EXIST").contains("0123456789abcdef");
                    assertThat(e.getMessage().lines()).hasSize(2);
                });
    }

    @Test
    void shouldRefuseAnotherValueForAParameter() {
        TrackedRun run = run("conflict");
        tracking.logParameters(run.runId(), Map.of("depth", "7"));
        tracking.logParameters(run.runId(), Map.of("depth", "7"));

        assertThatThrownBy(() -> tracking.logParameters(run.runId(), Map.of("depth", "8")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("INVALID_PARAMETER_VALUE");
    }

    private TrackedRun run(String name) {
        return tracking.start(tracking.experiment("tracking-tests"), name, Map.of("mldelivery.kind", "test"), NOW);
    }
}
