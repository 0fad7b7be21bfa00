package io.mldelivery.python;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.process.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Python of this machine.
 *
 * @param command how it is started
 * @param version such as {@code 3.11.7}
 * @param platform Python's name for system and processor, such as {@code linux-x86_64}
 */
record PythonInterpreter(String command, String version, String platform) {
    private static final List<String> NAMES = List.of("python3", "python3.13", "python3.12", "python3.11");
    private static final String QUESTION =
            "import sys, sysconfig; print('%d.%d.%d' % sys.version_info[:3], sysconfig.get_platform(), sys.executable)";

    /** Finds {@code MLDELIVERY_PYTHON}, else a Python on the PATH that is new enough. */
    static PythonInterpreter find(Map<String, String> environment, int minimumMinor) throws InterruptedException {
        String wanted = environment.getOrDefault("MLDELIVERY_PYTHON", "");
        if (!wanted.isEmpty()) {
            return ask(wanted, environment)
                    .filter(python -> python.minor() >= minimumMinor)
                    .orElseThrow(() -> unfit("MLDELIVERY_PYTHON=" + wanted + " is not", minimumMinor));
        }
        for (String name : NAMES) {
            Optional<PythonInterpreter> python = ask(name, environment);
            if (python.isPresent() && python.get().minor() >= minimumMinor) {
                return python.get();
            }
        }
        throw unfit("none of " + String.join(", ", NAMES) + " on the PATH is", minimumMinor);
    }

    private static DeliveryException unfit(String subject, int minimumMinor) {
        return new DeliveryException(
                Code.ENVIRONMENT,
                subject + " a working Python 3." + minimumMinor + " or newer",
                "Install Python (Debian: apt install python3 python3-venv) or set MLDELIVERY_PYTHON to its path.");
    }

    private static Optional<PythonInterpreter> ask(String command, Map<String, String> environment)
            throws InterruptedException {
        Path answer = null;
        try {
            answer = Files.createTempFile("python", ".txt");
            Optional<String> program = onPath(command, environment);
            if (program.isEmpty()) {
                return Optional.empty();
            }
            CommandLine.Result result = CommandLine.run(
                    List.of(program.get(), "-I", "-c", QUESTION), environment, answer, Duration.ofSeconds(30));
            return result.succeeded() ? parse(result.output()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // what cannot be started is not there; the caller says what was tried
        } finally {
            delete(answer);
        }
    }

    /** Looks in the PATH of the environment given, which may differ from this process's own. */
    private static Optional<String> onPath(String command, Map<String, String> environment) {
        if (command.contains("/")) {
            return Optional.of(command);
        }
        String path = environment.getOrDefault("PATH", System.getenv().getOrDefault("PATH", ""));
        for (String folder : path.split(":")) {
            Path program = Path.of(folder.isEmpty() ? "." : folder, command);
            if (Files.isExecutable(program) && !Files.isDirectory(program)) {
                return Optional.of(program.toString());
            }
        }
        return Optional.empty();
    }

    private static Optional<PythonInterpreter> parse(String answer) {
        String[] parts = answer.strip().split(" ", 3);
        boolean python3 = parts.length == 3 && parts[0].matches("3\\.\\d+\\.\\d+");
        return python3 ? Optional.of(new PythonInterpreter(parts[2], parts[0], parts[1])) : Optional.empty();
    }

    private int minor() {
        return Integer.parseInt(version.split("\\.")[1]);
    }

    private static void delete(Path file) {
        if (file != null && !file.toFile().delete()) {
            file.toFile().deleteOnExit();
        }
    }
}
