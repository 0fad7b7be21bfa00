package io.mldelivery.serving.model;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code serving.properties} says, under the names upstream DJL Serving uses. Both spellings of a name are taken
 * ({@code batch_size} and {@code batchSize}). A key that means nothing here is an error, not ignored.
 */
public final class ModelOptions {

    private static final Set<String> KNOWN = Set.of(
            "engine",
            "batchsize",
            "maxbatchdelay",
            "jobqueuesize",
            "maxworkers",
            "required",
            "allownan",
            "cachesize",
            "cachettl",
            "concurrencylimit",
            "columns",
            "option.modelname",
            "option.intraopnumthreads",
            "option.interopnumthreads",
            "option.executionmode",
            "option.optlevel",
            "option.modelid");

    private final Path source;
    private final Map<String, String> values;

    private ModelOptions(Path source, Map<String, String> values) {
        this.source = source;
        this.values = values;
    }

    /** Reads the file of a model folder; a folder without one has the defaults. */
    public static ModelOptions read(Path folder) {
        Path file = folder.resolve("serving.properties");
        Properties properties = new Properties();
        if (Files.isRegularFile(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new ServingException(
                        ErrorCode.BAD_OPTION,
                        "Cannot read " + file + ": " + e.getMessage(),
                        "Write key=value lines.",
                        e);
            }
        }
        return of(file, properties);
    }

    static ModelOptions of(Path file, Properties properties) {
        Map<String, String> values = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            String plain = plain(key);
            if (!KNOWN.contains(plain)) {
                throw new ServingException(
                        ErrorCode.BAD_OPTION,
                        "Unknown key '" + key + "' in " + file,
                        "Remove it; known keys are in docs/reference/serving.md.");
            }
            values.put(plain, properties.getProperty(key).trim());
        }
        return new ModelOptions(file, values);
    }

    private static String plain(String key) {
        return key.replace("_", "").toLowerCase(java.util.Locale.ROOT);
    }

    /** The engine by its DJL name; absent where the files of the folder decide. */
    public Optional<String> engine() {
        return text("engine");
    }

    /** Most rows computed together, at least 1. */
    public int batchSize() {
        return whole("batchsize", 64, 1, 65_536);
    }

    /** How long the first request of a batch waits for others. */
    public Duration maxBatchDelay() {
        return Duration.ofMillis(whole("maxbatchdelay", 0, 0, 60_000));
    }

    /** Requests that may wait; the next one is answered 503. */
    public int queueSize() {
        return whole("jobqueuesize", 1000, 1, 1_000_000);
    }

    /** Computations of this model that may run at once; absent: one for each processor. */
    public Optional<Integer> workers() {
        return text("maxworkers").map(ignored -> whole("maxworkers", 1, 1, 1024));
    }

    /** Whether the server is not ready while this model is not. */
    public boolean required() {
        return bool("required", true);
    }

    /** Whether NaN and null are values the model knows how to treat. */
    public boolean allowNan() {
        return bool("allownan", false);
    }

    /** Replies to keep for equal inputs; 0: none. */
    public int cacheSize() {
        return whole("cachesize", 0, 0, 10_000_000);
    }

    /** How long a kept reply is valid. */
    public Duration cacheTimeToLive() {
        return Duration.ofSeconds(whole("cachettl", 60, 1, 86_400));
    }

    /** Names of the columns of a model with one matrix, in its order; empty where not told. */
    public List<String> columns() {
        return text("columns").map(names -> List.of(names.split("\\s*,\\s*"))).orElse(List.of());
    }

    /** Whether fewer requests are let in when response times grow. */
    public boolean adaptiveConcurrency() {
        return switch (text("concurrencylimit").orElse("none")) {
            case "adaptive" -> true;
            case "none" -> false;
            default -> throw bad("concurrency_limit", values.get("concurrencylimit"), "adaptive or none");
        };
    }

    /** An engine option by upstream's name without {@code option.}, such as {@code intraOpNumThreads}. */
    public Optional<String> engineOption(String name) {
        return text("option." + plain(name));
    }

    /** An engine option that is a whole number of at least 1. */
    public int engineNumber(String name, int otherwise) {
        return whole("option." + plain(name), otherwise, 1, 1024);
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    private int whole(String key, int otherwise, int low, int high) {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= low && value <= high) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw bad(key, text, "a whole number from " + low + " to " + high);
        }
        throw bad(key, text, "a whole number from " + low + " to " + high);
    }

    private boolean bool(String key, boolean otherwise) {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(key, text, "true or false");
        };
    }

    private ServingException bad(String key, String text, String expected) {
        return new ServingException(
                ErrorCode.BAD_OPTION,
                "Key '" + key + "' in " + source + " is '" + text + "'",
                "Give " + expected + ".");
    }
}
