package io.mldelivery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.process.ProcessIdentity;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.Mlflow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowServerTest {
    @TempDir
    Path home;

    private final List<MlflowServer> opened = new ArrayList<>();

    @AfterEach
    void closeAll() {
        opened.forEach(MlflowServer::close);
    }

    @Test
    void shouldKeepDataAndPortFromStartToStartAndLeaveNoProcess() throws Exception {
        MlflowServer first = start();
        String experiment = Mlflow.connect(first.uri(), Map.of()).tracking().experiment("kept");
        List<ProcessHandle> children =
                first.process().running().orElseThrow().descendants().toList();
        first.close();

        MlflowServer second = start();

        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(first.process().isRunning()).isFalse();
        assertThat(second.uri()).isEqualTo(first.uri());
        assertThat(second.reused()).isFalse();
        assertThat(Mlflow.connect(second.uri(), Map.of()).tracking().experiment("kept"))
                .isEqualTo(experiment);
    }

    @Test
    void shouldShareOneServerUntilTheLastOneLeaves() throws Exception {
        MlflowServer first = start();
        MlflowServer second = start();

        first.close();

        assertThat(second.reused()).isTrue();
        assertThat(second.process()).isEqualTo(first.process());
        assertThat(second.process().isRunning()).isTrue();
        second.close();
        assertThat(second.process().isRunning()).isFalse();
    }

    @Test
    void shouldTakeOverTheServerOfAKilledOwner() throws Exception {
        MlflowServer abandoned = start();
        ServerFolder folder = ServerFolder.of(home);
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        try (var owners = Files.list(folder.owners())) {
            Path owner = owners.findFirst().orElseThrow();
            Files.move(owner, folder.owners().resolve(dead.pid() + ".killed"));
        }

        MlflowServer next = start();

        assertThat(next.process()).isEqualTo(abandoned.process());
        next.close();
        assertThat(abandoned.process().isRunning()).isFalse();
    }

    @Test
    void shouldReplaceAServerThatDoesNotAnswer() throws Exception {
        MlflowServer first = start();
        long frozen = first.process().pid();
        for (ProcessHandle child :
                first.process().running().orElseThrow().descendants().toList()) {
            new ProcessBuilder("kill", "-STOP", Long.toString(child.pid()))
                    .start()
                    .waitFor();
        }

        MlflowServer second = start();

        assertThat(second.process().pid()).isNotEqualTo(frozen);
        assertThat(first.process().isRunning()).isFalse();
    }

    @Test
    void shouldTakeAnotherPortWhenItsOwnIsTaken() throws Exception {
        MlflowServer first = start();
        int port = first.uri().getPort();
        first.close();

        try (ServerSocket stranger = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            MlflowServer second = start();
            assertThat(stranger.isBound()).isTrue();
            assertThat(second.uri().getPort()).isNotEqualTo(port);
        }
    }

    @Test
    void shouldSayWhatTheServerSaidWhenItDoesNotStart() throws Exception {
        Files.createDirectories(home.resolve("mlflow"));
        Files.writeString(
                home.resolve("mlflow/mlflow.db"), "this is no database, and long enough to be looked at".repeat(100));

        assertThatThrownBy(this::start).isInstanceOfSatisfying(DeliveryException.class, e -> {
            assertThat(e.code()).isEqualTo(Code.ENVIRONMENT);
            assertThat(e.what()).contains("did not start").contains("not a database");
            assertThat(e.advice()).contains("server.log");
        });
        assertThat(ServerFolder.of(home).hasOwners()).isFalse();
    }

    @Test
    void shouldSayThatPythonIsMissing() {
        Map<String, String> environment = Map.of("PATH", "/nonexistent");

        assertThatThrownBy(() -> MlflowServer.start(home, home.resolve("cache"), environment, line -> {}))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("python3")
                .hasMessageContaining("Install Python");
    }

    @Test
    void shouldNotTakeAnotherProcessForItsServer() throws IOException {
        ServerFolder folder = ServerFolder.of(home);
        Files.createDirectories(folder.path());
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current());
        folder.save(new ServerState(new ProcessIdentity(self.pid(), self.startedAt() - 60_000), 1));

        assertThat(folder.state().orElseThrow().guard().isRunning()).isFalse();
    }

    private MlflowServer start() throws InterruptedException {
        try {
            MlflowServer server = MlflowServer.start(
                    home, PythonEnvironments.defaultCache(System.getenv()), Map.of(), System.out::println);
            opened.add(server);
            return server;
        } catch (DeliveryException e) {
            if (e.what().contains("pip could not") && !"true".equals(System.getenv("CI"))) {
                Assumptions.abort("no MLflow server here: " + e.what());
            }
            throw e;
        }
    }
}
