package io.mldelivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {
    @TempDir
    Path folder;

    private final Mlflow mlflow = RealMlflow.connect();
    private final String name = "registered-" + UUID.randomUUID();

    @Test
    void shouldMakeOneVersionOfTheSameModelWhicheverRunItCameFrom() throws IOException {
        Registration.Result first = register(run("weights"), "challenger");
        Registration.Result second = register(run("weights"), "challenger");

        assertThat(first.created()).isTrue();
        assertThat(first.previous()).isEmpty();
        assertThat(second.created()).isFalse();
        assertThat(second.version().version()).isEqualTo(first.version().version());
        assertThat(mlflow.models().versions(name)).hasSize(1);
    }

    @Test
    void shouldMakeAnotherVersionOfAnotherModelAndMoveTheAlias() throws IOException {
        register(run("weights"), "challenger");
        Registration.Result second = register(run("better weights"), "challenger");

        assertThat(second.created()).isTrue();
        assertThat(second.previous()).contains("1");
        assertThat(mlflow.models().byAlias(name, "challenger"))
                .map(RegisteredVersion::version)
                .contains("2");
    }

    @Test
    void shouldKeepDigestTagsAndSource() throws IOException {
        String run = run("weights");
        RegisteredVersion version = mlflow.models()
                .version(name, register(run, "").version().version())
                .orElseThrow();

        assertThat(version.source()).isEqualTo("runs:/" + run + "/build/model");
        assertThat(version.tags()).containsEntry("mldelivery.gate_outcome", "PASS");
        assertThat(version.tags().get(Registration.DIGEST_TAG)).matches("[0-9a-f]{64}");
    }

    @Test
    void shouldRefuseARunWithoutAModelAndOneWithTwo() throws IOException {
        String none = emptyRun();
        String two = run("weights");
        upload(two, "build/other/model.onnx", "x");

        assertThatThrownBy(() -> register(none, ""))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("no model among");
        assertThatThrownBy(() -> register(two, ""))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("build/model, build/other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "v7", "a b", "ä"})
    void shouldRefuseAliasesThatMlflowReservesOrRefuses(String alias) {
        assertThatThrownBy(() -> new Registration.Request(name, "run", "", alias, Map.of()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("cannot be an alias");
    }

    private Registration.Result register(String run, String alias) throws IOException {
        Path scratch = Files.createTempDirectory(folder, "scratch");
        var request = new Registration.Request(name, run, "", alias, Map.of("mldelivery.gate_outcome", "PASS"));
        return new Registration(mlflow).register(request, scratch);
    }

    private String run(String weights) throws IOException {
        String run = emptyRun();
        upload(run, "build/model/model.onnx", weights);
        upload(run, "build/metrics.json", "{}");
        return run;
    }

    private String emptyRun() {
        Tracking tracking = mlflow.tracking();
        return tracking.start(tracking.experiment("registration-tests"), "r", Map.of(), Instant.now())
                .runId();
    }

    private void upload(String run, String path, String content) throws IOException {
        mlflow.artifacts().upload(run, path, Files.writeString(folder.resolve("upload"), content));
    }
}
