package io.mldelivery.python;

import io.mldelivery.digest.Sha256;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.process.CommandLine;
import io.mldelivery.process.FileMutex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes virtual environments from lock files and keeps them in a cache folder by digest. Between threads and processes
 * one at a time makes an environment and the others wait for it. An environment counts once its marker file is written,
 * which happens last; what a crash left half-made, or what lost packages since, is made anew.
 *
 * <p>Every package must be pinned with hashes, and is installed from a wheel without looking for further dependencies:
 * nothing that is not in the lock file gets in, and no package's code runs while installing.
 */
public final class PythonEnvironments {
    private static final String MARKER = "mldelivery-complete.txt";
    private static final Duration INSTALL_WITHIN = Duration.ofMinutes(30);

    private final Path cache;
    private final Map<String, String> environment;
    private final Consumer<String> log;

    /**
     * @param cache the folder to keep environments in
     * @param environment for Python and pip, over this process's own; {@code MLDELIVERY_PYTHON} and {@code PATH} choose
     *     the Python
     * @param log receives a line for what takes time
     */
    public PythonEnvironments(Path cache, Map<String, String> environment, Consumer<String> log) {
        this.cache = cache.toAbsolutePath();
        this.environment = Map.copyOf(environment);
        this.log = log;
    }

    /** Returns the folder for environments on this machine: {@code python} below {@code MLDELIVERY_HOME}, see the docs. */
    public static Path defaultCache(Map<String, String> environment) {
        String home = environment.getOrDefault("MLDELIVERY_HOME", "");
        return home.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache", "mldelivery", "python")
                : Path.of(home, "python");
    }

    /**
     * Returns the environment for this lock file.
     *
     * @param name the lock file's name, for messages
     * @param minimumMinor the oldest fitting Python 3, such as 11
     */
    public PythonEnvironment prepare(String name, String lock, int minimumMinor) throws InterruptedException {
        LockFile requirements = LockFile.parse(name, lock);
        PythonInterpreter python = PythonInterpreter.find(environment, minimumMinor);
        String digest = Sha256.of(lock + "\n" + python.version() + "\n" + python.platform());
        Path folder = cache.resolve(digest.substring(0, 16));
        try (FileMutex turn = FileMutex.acquire(cache.resolve(digest.substring(0, 16) + ".lock"))) {
            boolean created = !complete(folder, digest);
            if (created) {
                create(folder, digest, requirements, python);
            }
            return new PythonEnvironment(folder, digest, python.version(), created);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static boolean complete(Path folder, String digest) throws IOException {
        Path marker = folder.resolve(MARKER);
        return Files.isExecutable(folder.resolve("bin/python"))
                && Files.isRegularFile(marker)
                && Files.readString(marker).equals(marker(folder, digest));
    }

    /** The digest and the installed packages: a package that was removed or added later is noticed. */
    private static String marker(Path folder, String digest) throws IOException {
        TreeSet<String> packages = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder.resolve("lib"), 3)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".dist-info"))
                    .forEach(packages::add);
        }
        return digest + "\n" + String.join("\n", packages) + "\n";
    }

    private void create(Path folder, String digest, LockFile requirements, PythonInterpreter python)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        log.accept("Making the Python " + python.version() + " environment " + folder.getFileName() + " from "
                + requirements.name() + " (" + requirements.packages() + " packages)");
        delete(folder);
        Files.createDirectories(folder);
        try {
            venv(folder, python);
            install(folder, requirements);
            seal(folder, digest);
        } catch (IOException | RuntimeException | InterruptedException e) {
            delete(folder);
            throw e;
        }
        log.accept("Environment ready in "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
    }

    private void venv(Path folder, PythonInterpreter python) throws IOException, InterruptedException {
        CommandLine.Result result = run(folder, List.of(python.command(), "-m", "venv", "--clear", folder.toString()));
        if (!result.succeeded()) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "Python " + python.version() + " cannot make a virtual environment: "
                            + PipError.lastLine(result.output()),
                    "Install its venv module (Debian: apt install python3-venv) and check free disk space.");
        }
    }

    private void install(Path folder, LockFile requirements) throws IOException, InterruptedException {
        Path lock = folder.resolve("requirements.lock");
        Files.writeString(lock, requirements.text());
        CommandLine.Result result = run(
                folder,
                List.of(
                        folder.resolve("bin/python").toString(),
                        "-m",
                        "pip",
                        "install",
                        "--disable-pip-version-check",
                        "--no-input",
                        "--progress-bar",
                        "off",
                        "--no-compile",
                        "--no-deps",
                        "--only-binary",
                        ":all:",
                        "--require-hashes",
                        "-r",
                        lock.toString()));
        if (!result.succeeded()) {
            throw PipError.of(requirements.name(), result.output());
        }
    }

    private CommandLine.Result run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = cache.resolve(folder.getFileName() + ".log");
        return CommandLine.run(command, environment, output, INSTALL_WITHIN);
    }

    private static void seal(Path folder, String digest) throws IOException {
        Path part = folder.resolve(MARKER + ".part");
        Files.writeString(part, marker(folder, digest));
        Files.move(part, folder.resolve(MARKER), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.delete(file);
            }
        }
    }

    private static DeliveryException unwritable(Path folder, IOException cause) {
        return new DeliveryException(
                Code.ENVIRONMENT,
                "cannot make a Python environment in " + folder + ": " + cause.getMessage(),
                "Free disk space or make the folder writable, then run again.",
                cause);
    }
}
