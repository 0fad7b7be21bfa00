package io.mldelivery.registry.server;

import io.mldelivery.process.ProcessIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of one home's server. Changed only by who holds its lock. */
record ServerFolder(Path path) {

    static ServerFolder of(Path home) {
        return new ServerFolder(home.toAbsolutePath().normalize().resolve("mlflow"));
    }

    Path lock() {
        return path.resolve("server.lock");
    }

    Path log() {
        return path.resolve("server.log");
    }

    Path database() {
        return path.resolve("mlflow.db");
    }

    Path artifacts() {
        return path.resolve("artifacts");
    }

    Path owners() {
        return path.resolve("owners");
    }

    private Path stateFile() {
        return path.resolve("server.properties");
    }

    /** What the last start wrote, whether or not that server still runs. */
    Optional<ServerState> state() {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(stateFile())) {
            properties.load(reader);
            ProcessIdentity guard = new ProcessIdentity(number(properties, "pid"), number(properties, "startedAt"));
            return Optional.of(new ServerState(guard, Math.toIntExact(number(properties, "port"))));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // absent or damaged: the server is started anew
        }
    }

    private static long number(Properties properties, String key) {
        return Long.parseLong(properties.getProperty(key));
    }

    void save(ServerState state) throws IOException {
        Path part = path.resolve("server.properties.part");
        String text = "pid=" + state.guard().pid() + "\nstartedAt="
                + state.guard().startedAt() + "\nport=" + state.port() + "\n";
        Files.writeString(part, text);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, stateFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes down that this process needs the server. */
    Path addOwner() throws IOException {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current());
        Files.createDirectories(owners());
        return Files.writeString(
                owners().resolve(self.pid() + "." + UUID.randomUUID()), Long.toString(self.startedAt()));
    }

    void remove(Path owner) throws IOException {
        Files.deleteIfExists(owner);
    }

    void removeDeadOwners() throws IOException {
        for (Path owner : allOwners()) {
            if (!isAlive(owner)) {
                Files.deleteIfExists(owner);
            }
        }
    }

    boolean hasOwners() throws IOException {
        return !allOwners().isEmpty();
    }

    private List<Path> allOwners() throws IOException {
        if (!Files.isDirectory(owners())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(owners())) {
            return files.collect(Collectors.toList());
        }
    }

    private static boolean isAlive(Path owner) throws IOException {
        String pid = owner.getFileName().toString().replaceAll("\\..*", "");
        String startedAt = Files.readString(owner).strip();
        return pid.matches("\\d+")
                && startedAt.matches("\\d+")
                && new ProcessIdentity(Long.parseLong(pid), Long.parseLong(startedAt)).isRunning();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
