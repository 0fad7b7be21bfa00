package io.mldelivery.runner.steps.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A shell script that runs in a session of its own, with its output and exit status in files of a control folder.
 * Neither the end of the runner nor a signal to its process group ends it. The folder stays until the build ends, so
 * that a step that is asked again after a restart finds what its command did.
 */
final class DetachedCommand {
    /** The exit status of a command that vanished without leaving one, such as in a reboot. */
    static final int LOST = -1;

    private static final String WRAPPER = String.join(
            "\n",
            "trap : TERM INT HUP",
            "echo $$ > \"$1/pid.tmp\" && mv \"$1/pid.tmp\" \"$1/pid\" || exit 1",
            "if [ \"$2\" = stdout ]; then",
            "  \"$3\" ${4:+\"$4\"} ${5:+\"$5\"} > \"$1/stdout\" 2> \"$1/output\" < /dev/null",
            "else",
            "  \"$3\" ${4:+\"$4\"} ${5:+\"$5\"} > \"$1/output\" 2>&1 < /dev/null",
            "fi",
            "echo $? > \"$1/result.tmp\" && mv \"$1/result.tmp\" \"$1/result\"");
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private Process process;

    DetachedCommand(Path folder) {
        this.folder = folder;
    }

    /** Whether this very script was started here before. */
    boolean isOf(String script) throws IOException {
        Path file = folder.resolve("script.sh");
        return Files.exists(folder.resolve("pid")) && Files.readString(file).equals(script);
    }

    void launch(String script, boolean returnStdout, Path workspace, Map<String, String> environment)
            throws IOException {
        delete();
        Files.createDirectories(folder);
        Path file = folder.resolve("script.sh");
        Files.writeString(file, script);
        List<String> words = new ArrayList<>(Session.prefix());
        words.addAll(List.of("sh", "-c", WRAPPER, "durable", folder.toString(), returnStdout ? "stdout" : "log"));
        words.addAll(interpreter(script, file));
        var builder = new ProcessBuilder(words)
                .directory(workspace.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(
                        ProcessBuilder.Redirect.to(folder.resolve("launch").toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    private static List<String> interpreter(String script, Path file) throws IOException {
        if (!script.startsWith("#!")) {
            return List.of("sh", "-xe", file.toString());
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return List.of(file.toString());
    }

    /** Runs an action soon after the process is gone; polling finds it as well. */
    void whenProcessEnds(Runnable action) {
        if (process != null) {
            process.onExit().thenRun(action);
        } else {
            handle().ifPresent(found -> found.onExit().thenRun(action));
        }
    }

    /** The exit status, or null while the command runs. */
    Integer exitStatus() throws IOException {
        Path result = folder.resolve("result");
        if (Files.exists(result)) {
            return Integer.valueOf(Files.readString(result).trim());
        }
        if (isAlive()) {
            return null;
        }
        return Files.exists(result) ? Integer.valueOf(Files.readString(result).trim()) : LOST;
    }

    private boolean isAlive() throws IOException {
        return process != null ? process.isAlive() : handle().isPresent();
    }

    /** The process that wrote its id here, unless the id is another one's by now. */
    private Optional<ProcessHandle> handle() {
        try {
            long id = Long.parseLong(Files.readString(folder.resolve("pid")).trim());
            return ProcessHandle.of(id).filter(ProcessHandle::isAlive).filter(this::isOurs);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private boolean isOurs(ProcessHandle candidate) {
        return candidate.info().arguments().stream()
                .flatMap(Stream::of)
                .anyMatch(argument -> argument.equals(folder.toString()));
    }

    /** Copies new output; whole lines only while the command runs. True if there was any. */
    boolean copyOutput(OutputStream log, boolean all) throws IOException {
        Path output = folder.resolve("output");
        if (!Files.exists(output)) {
            return false;
        }
        long start = offset();
        long position = start;
        try (var file = new RandomAccessFile(output.toFile(), "r")) {
            file.seek(position);
            byte[] buffer = new byte[BUFFER];
            int length;
            while ((length = file.read(buffer)) > 0) {
                int whole = all || length == BUFFER ? length : wholeLines(buffer, length);
                log.write(buffer, 0, whole);
                position += whole;
                if (whole < length) {
                    break;
                }
            }
        }
        if (position > start) {
            log.flush();
            Files.writeString(folder.resolve("offset"), Long.toString(position));
        }
        return position > start;
    }

    /** Whether the last line of the output lacks its end. */
    boolean endsWithinLine() throws IOException {
        Path output = folder.resolve("output");
        long length = Files.exists(output) ? Files.size(output) : 0;
        if (length == 0) {
            return false;
        }
        try (var file = new RandomAccessFile(output.toFile(), "r")) {
            file.seek(length - 1);
            return file.read() != '\n';
        }
    }

    private static int wholeLines(byte[] buffer, int length) {
        int end = length;
        while (end > 0 && buffer[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private long offset() throws IOException {
        Path file = folder.resolve("offset");
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file).trim();
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    byte[] stdout() throws IOException {
        Path file = folder.resolve("stdout");
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    /** Sends a signal to the command and all that it started. */
    void signal(String name) {
        handle().ifPresent(found -> Session.signal(found, name));
    }

    private void delete() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Path trash = folder.resolveSibling(folder.getFileName() + ".trash");
        remove(trash);
        Files.move(folder, trash, StandardCopyOption.ATOMIC_MOVE);
        remove(trash);
    }

    private static void remove(Path trash) throws IOException {
        if (!Files.exists(trash)) {
            return;
        }
        try (Stream<Path> files = Files.list(trash)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(trash);
    }
}
