package io.mldelivery.registry.server;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.process.FileMutex;
import io.mldelivery.process.ProcessGroup;
import io.mldelivery.process.ProcessIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A running MLflow server that keeps its data under a home folder (SQLite and artifacts, {@code <home>/mlflow}) and
 * listens on loopback only.
 *
 * <p>One server serves a home: who starts it while it runs shares it, also from another process, and it ends when the
 * last one closes it. A server whose owners were killed is taken over by the next start; when nobody takes it over it
 * ends by itself after a minute. The port stays the same from start to start as long as it is free.
 */
public final class MlflowServer implements AutoCloseable {
    private static final Duration ALIVE_WITHIN = Duration.ofSeconds(10);
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int PORT_ATTEMPTS = 3;

    private final ServerFolder folder;
    private final Path owner;
    private final ServerState state;
    private final boolean reused;

    private MlflowServer(ServerFolder folder, Path owner, ServerState state, boolean reused) {
        this.folder = folder;
        this.owner = owner;
        this.state = state;
        this.reused = reused;
    }

    /**
     * Starts the server of this home, or joins it when it runs.
     *
     * @param home where {@code mlflow/} with all data lies
     * @param cache where the server's Python environment is kept; may be shared by homes
     * @param environment for Python and pip, over this process's own
     * @param log receives a line for what takes time
     */
    public static MlflowServer start(Path home, Path cache, Map<String, String> environment, Consumer<String> log)
            throws InterruptedException {
        ServerFolder folder = ServerFolder.of(home);
        try (FileMutex turn = FileMutex.acquire(folder.lock())) {
            folder.removeDeadOwners();
            Path owner = folder.addOwner();
            try {
                Optional<ServerState> running = running(folder);
                ServerState state = running.isPresent() ? running.get() : launch(folder, cache, environment, log);
                return new MlflowServer(folder, owner, state, running.isPresent());
            } catch (RuntimeException | InterruptedException e) {
                folder.remove(owner);
                throw e;
            }
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot keep MLflow's data in " + folder + ": " + e.getMessage(),
                    "Free disk space or make the folder writable, then run again.",
                    e);
        }
    }

    /** The server that a previous start left, when it is well; one that is not is stopped. */
    private static Optional<ServerState> running(ServerFolder folder) throws IOException, InterruptedException {
        Optional<ServerState> left =
                folder.state().filter(state -> state.guard().isRunning());
        if (left.isPresent() && !Health.waitFor(left.get(), ALIVE_WITHIN)) {
            new ProcessGroup(left.get().guard()).stop(PATIENCE);
            return Optional.empty();
        }
        return left;
    }

    private static ServerState launch(
            ServerFolder folder, Path cache, Map<String, String> environment, Consumer<String> log)
            throws IOException, InterruptedException {
        var launcher = new ServerLauncher(folder, ServerLauncher.prepare(cache, environment, log), environment);
        int port =
                folder.state().map(ServerState::port).filter(FreePort::isFree).orElseGet(FreePort::any);
        for (int attempt = 1; ; attempt++) {
            ServerState state = launcher.launch(port);
            if (Health.waitFor(state, READY_WITHIN)) {
                folder.save(state);
                return state;
            }
            new ProcessGroup(state.guard()).stop(PATIENCE);
            if (attempt == PORT_ATTEMPTS || !launcher.portWasTaken()) {
                throw launcher.failure(port);
            }
            port = FreePort.any(); // somebody took it between our look and the server's start
        }
    }

    /** Returns the address to use as {@code MLFLOW_TRACKING_URI}. */
    public URI uri() {
        return state.uri();
    }

    /** Returns whether the server ran already. */
    public boolean reused() {
        return reused;
    }

    /** Returns the file that holds what the server said. */
    public Path log() {
        return folder.log();
    }

    /** Returns the process that leads the server's group. */
    public ProcessIdentity process() {
        return state.guard();
    }

    /** Leaves the server; ends it, with its children, when nobody else uses it. */
    @Override
    public void close() {
        try (FileMutex turn = FileMutex.acquire(folder.lock())) {
            folder.remove(owner);
            folder.removeDeadOwners();
            if (!folder.hasOwners()) {
                new ProcessGroup(state.guard()).stop(PATIENCE);
            }
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot leave MLflow's server: " + e.getMessage(),
                    "It ends by itself within a minute after this process.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the guard ends the server: its last owner is gone
        }
    }
}
