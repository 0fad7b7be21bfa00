package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.model.ModelKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void shouldReadEveryOption() {
        Options options = Options.parse(
                "--models",
                "a",
                "--models",
                "b=c",
                "--version",
                "3",
                "--host",
                "127.0.0.1",
                "--port",
                "1",
                "--management-host",
                "127.0.0.2",
                "--management-port",
                "2",
                "--max-body",
                "3",
                "--request-time",
                "4.5",
                "--timeout",
                "5",
                "--grace",
                "6",
                "--drain-delay",
                "0.25",
                "--drill",
                "latency=7ms",
                "--model-root",
                "r",
                "--token-file",
                "t");

        assertThat(options.models()).containsExactly("a", "b=c");
        assertThat(options.version()).isEqualTo("3");
        assertThat(options.address().toString()).isEqualTo("/127.0.0.1:1");
        assertThat(options.managementAddress().toString()).isEqualTo("/127.0.0.2:2");
        assertThat(options.maxBody()).isEqualTo(3);
        assertThat(options.requestTime()).isEqualTo(Duration.ofMillis(4500));
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.grace()).isEqualTo(Duration.ofSeconds(6));
        assertThat(options.drainDelay()).isEqualTo(Duration.ofMillis(250));
        assertThat(options.drill()).hasToString("latency=7ms");
        assertThat(options.modelRoot()).contains(Path.of("r"));
        assertThat(options.tokenFile()).contains(Path.of("t"));
    }

    @Test
    void shouldBindManagementToLoopbackUnlessTold() {
        assertThat(Options.parse("--models", "a")
                        .managementAddress()
                        .getAddress()
                        .isLoopbackAddress())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--models",
                "--version 3",
                "--models a --port x",
                "--models a --port 65536",
                "--models a --timeout -1",
                "--models a --colour red",
                "--models a --drill errors=2",
                "--models a --drill errors=x",
                "--models a --drill latency=x",
                "--models a --drill fire"
            })
    void shouldRefuse(String line) {
        assertThatThrownBy(() -> Options.parse(line.isEmpty() ? new String[0] : line.split(" ")))
                .isInstanceOf(ServingException.class);
    }

    @Test
    void shouldFindModelsByFolderNameVersionAndParent() {
        Path models = TestServer.MODELS.toAbsolutePath();
        List<String> arguments = List.of("x:9=" + models.resolve("cancer"), models.toString());

        assertThat(ModelArguments.read(arguments, "2"))
                .containsEntry(new ModelKey("x", "9"), models.resolve("cancer"))
                .containsEntry(new ModelKey("cancer", "2"), models.resolve("cancer"))
                .containsEntry(new ModelKey("cancer-zipmap", "2"), models.resolve("cancer-zipmap"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "src/test/java", "a b=src/test/resources/models/cancer"})
    void shouldRefuseModelsThatAreNone(String argument) {
        assertThatThrownBy(() -> ModelArguments.read(List.of(argument), "1")).isInstanceOf(ServingException.class);
    }
}
