package io.mldelivery.training.inputs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.digest.FileDigest;
import io.mldelivery.digest.Sha256;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that decides a training's result.
 *
 * @param script the script's path in the workspace
 * @param code the script and the Python files it may import
 * @param environmentDigest the environment's lock file, Python version and platform
 * @param data the data files
 */
public record TrainingInputs(
        String script,
        List<FileDigest> code,
        String environmentDigest,
        Map<String, String> parameters,
        List<FileDigest> data,
        long seed) {
    /** Raised when the meaning of the digest changes, so that results of older versions are not taken for new ones. */
    private static final int FORM = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    public TrainingInputs {
        code = List.copyOf(code);
        data = List.copyOf(data);
        parameters = Map.copyOf(parameters);
    }

    /** Reads and digests what the workspace holds. */
    public static TrainingInputs of(
            Path workspace,
            String script,
            String environmentDigest,
            Map<String, String> parameters,
            List<String> dataPatterns,
            long seed)
            throws IOException {
        Path file = scriptIn(workspace, script);
        List<FileDigest> data = FileDigest.of(workspace, FilePatterns.find(workspace, dataPatterns, true));
        return new TrainingInputs(script, CodeFiles.of(workspace, file), environmentDigest, parameters, data, seed);
    }

    /**
     * Says what is missing before anything expensive is done.
     *
     * @throws DeliveryException when the script does not exist, or a data pattern matches no file
     */
    public static void check(Path workspace, String script, List<String> dataPatterns) throws IOException {
        scriptIn(workspace, script);
        FilePatterns.find(workspace, dataPatterns, true);
    }

    private static Path scriptIn(Path workspace, String script) {
        Path file = workspace.resolve(script).normalize();
        if (!file.startsWith(workspace.normalize()) || !Files.isRegularFile(file)) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "the training script '" + script + "' does not exist in " + workspace,
                    "Give script: a path relative to the workspace, and check it out first.");
        }
        return file;
    }

    /** Returns SHA-256 (hex) over all of it; the same digest means the same training. */
    public String digest() {
        Map<String, Object> canonical = new LinkedHashMap<>();
        canonical.put("form", FORM);
        canonical.put("script", script);
        canonical.put("code", FileDigest.combined(code));
        canonical.put("environment", environmentDigest);
        canonical.put("parameters", new TreeMap<>(parameters));
        canonical.put("data", FileDigest.combined(data));
        canonical.put("seed", seed);
        try {
            return Sha256.of(JSON.writeValueAsString(canonical));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values are always JSON", e);
        }
    }
}
