package io.mldelivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.model.DeliveryException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpModelsTest {
    private final Mlflow mlflow = RealMlflow.connect();
    private final Models models = mlflow.models();
    private final String name = "flights-" + UUID.randomUUID();
    private String run;

    @BeforeEach
    void startRun() {
        Tracking tracking = mlflow.tracking();
        run = tracking.start(tracking.experiment("model-tests"), "m", Map.of(), Instant.now())
                .runId();
    }

    @Test
    void shouldCountVersionsAndKeepTheirTags() {
        RegisteredVersion first = create(Map.of("mldelivery.digest", "abc"));
        RegisteredVersion second = create(Map.of());

        assertThat(first.uri()).isEqualTo("models:/" + name + "/1");
        assertThat(models.versions(name)).extracting(RegisteredVersion::version).containsExactly("2", "1");
        assertThat(models.version(name, "1").orElseThrow().tags()).containsEntry("mldelivery.digest", "abc");
        assertThat(second.runId()).isEqualTo(run);
        assertThat(second.status()).isEqualTo("READY");
    }

    @Test
    void shouldMoveAnAliasAndTakeItAway() {
        create(Map.of());
        create(Map.of());

        models.setAlias(name, "champion", "1");
        models.setAlias(name, "champion", "2");

        assertThat(models.byAlias(name, "champion"))
                .map(RegisteredVersion::version)
                .contains("2");
        assertThat(models.resolve("models:/" + name + "@champion"))
                .map(RegisteredVersion::version)
                .contains("2");
        models.deleteAlias(name, "champion");
        models.deleteAlias(name, "champion");
        assertThat(models.byAlias(name, "champion")).isEmpty();
    }

    @Test
    void shouldBeEmptyWhenModelVersionOrAliasDoesNotExist() {
        assertThat(models.byAlias(name, "champion")).isEmpty();
        assertThat(models.version(name, "1")).isEmpty();
        assertThat(models.versions(name)).isEmpty();
        create(Map.of());
        assertThat(models.byAlias(name, "champion")).isEmpty();
        assertThat(models.resolve("models:/" + name + "/7")).isEmpty();
    }

    @Test
    void shouldSetTagsOverTheirValue() {
        create(Map.of("stage", "one"));

        models.setTag(name, "1", "stage", "two");

        assertThat(models.version(name, "1").orElseThrow().tags()).containsEntry("stage", "two");
    }

    @Test
    void shouldRefuseAnAddressThatNamesNoVersion() {
        assertThatThrownBy(() -> models.resolve("models:/late-flights"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("'models:/late-flights' does not name a model version");
    }

    @Test
    void shouldPassOnWhyTheServerRefuses() {
        assertThatThrownBy(() -> models.create(name, run, "/local/path", Map.of()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("INVALID_PARAMETER_VALUE");
    }

    private RegisteredVersion create(Map<String, String> tags) {
        return models.create(name, run, "runs:/" + run + "/build/model", tags);
    }
}
