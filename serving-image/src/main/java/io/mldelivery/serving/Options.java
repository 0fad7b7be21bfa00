package io.mldelivery.serving;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.log.LogOptions;
import io.mldelivery.serving.routes.Drill;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The command line. Every option takes a value; {@code --models} may be given more than once. */
final class Options {

    static final String USAGE = "usage: java -jar serving.jar --models [NAME[:VERSION]=]DIR... [--version V] [--host H]"
            + " [--port P] [--management-host H] [--management-port P] [--max-body BYTES] [--request-time SECONDS] [--timeout SECONDS]"
            + " [--grace SECONDS] [--drain-delay SECONDS] [--model-root DIR] [--token-file FILE] [--log-dir DIR] [--log-sample SHARE] [--log-redact A,B] [--log-file-bytes N] [--traces URL]"
            + " [--drill errors=RATE|latency=MS]";

    private final List<String> models = new ArrayList<>();
    private String version = "1";
    private String host = "0.0.0.0";
    private int port = 8080;
    private String managementHost = "127.0.0.1";
    private int managementPort = 8081;
    private int maxBody = 16 << 20;
    private Duration requestTime = Duration.ofSeconds(10);
    private Duration timeout = Duration.ofSeconds(60);
    private Duration grace = Duration.ofSeconds(25);
    private Duration drainDelay = Duration.ofMillis(500);
    private Drill drill = Drill.NONE;
    private Optional<Path> logFolder = Optional.empty();
    private double logShare = 1;
    private final Set<String> logRedacted = new HashSet<>();
    private long logFileBytes = 64L << 20;
    private Optional<Path> modelRoot = Optional.empty();
    private Optional<Path> tokenFile = Optional.empty();
    private Optional<URI> traces = Optional.empty();

    static Options parse(String... arguments) {
        Options options = new Options();
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw bad("Option " + arguments[i] + " has no value");
            }
            options.set(arguments[i], arguments[i + 1]);
        }
        if (options.models.isEmpty() && options.modelRoot.isEmpty()) {
            throw bad("No --models and no --model-root");
        }
        return options;
    }

    private void set(String option, String value) {
        switch (option) {
            case "--models" -> models.add(value);
            case "--version" -> version = value;
            case "--host" -> host = value;
            case "--port" -> port = whole(option, value, 0, 65_535);
            case "--management-host" -> managementHost = value;
            case "--management-port" -> managementPort = whole(option, value, 0, 65_535);
            case "--max-body" -> maxBody = whole(option, value, 1, 1 << 30);
            case "--request-time" -> requestTime = seconds(option, value);
            case "--timeout" -> timeout = seconds(option, value);
            case "--grace" -> grace = seconds(option, value);
            case "--drain-delay" -> drainDelay = seconds(option, value);
            case "--model-root" -> modelRoot = Optional.of(Path.of(value));
            case "--token-file" -> tokenFile = Optional.of(Path.of(value));
            case "--log-dir" -> logFolder = Optional.of(Path.of(value));
            case "--log-sample" -> logShare = share(option, value);
            case "--log-redact" -> logRedacted.addAll(List.of(value.split(",")));
            case "--log-file-bytes" -> logFileBytes = whole(option, value, 1, 1 << 30);
            case "--traces" -> traces = Optional.of(address(option, value));
            case "--drill" -> drill = Drill.parse(value);
            default -> throw bad("Unknown option " + option);
        }
    }

    private static int whole(String option, String value, int low, int high) {
        if (value.matches("[0-9]{1,10}")) {
            long number = Long.parseLong(value);
            if (number >= low && number <= high) {
                return (int) number;
            }
        }
        throw bad(option + " " + value + " is no whole number from " + low + " to " + high);
    }

    private static URI address(String option, String value) {
        if (!value.matches("https?://[A-Za-z0-9.\\[\\]:-]+(/[A-Za-z0-9._~/-]*)?")) {
            throw bad(option + " " + value + " is no http address");
        }
        return URI.create(value);
    }

    private static double share(String option, String value) {
        if (value.matches("0(\\.[0-9]{1,9})?|1(\\.0{1,9})?")) {
            return Double.parseDouble(value);
        }
        throw bad(option + " " + value + " is no number from 0 to 1");
    }

    private static Duration seconds(String option, String value) {
        if (!value.matches("[0-9]{1,6}(\\.[0-9]{1,6})?")) {
            throw bad(option + " " + value + " is no number of seconds");
        }
        return Duration.ofNanos((long) (Double.parseDouble(value) * 1e9));
    }

    private static ServingException bad(String what) {
        return new ServingException(ErrorCode.BAD_OPTION, what, USAGE);
    }

    List<String> models() {
        return models;
    }

    String version() {
        return version;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    InetSocketAddress managementAddress() {
        return new InetSocketAddress(managementHost, managementPort);
    }

    int maxBody() {
        return maxBody;
    }

    /** Longest time for sending one request. */
    Duration requestTime() {
        return requestTime;
    }

    /** For requests without one of their own. */
    Duration timeout() {
        return timeout;
    }

    /** Longest time from SIGTERM to the end. */
    Duration grace() {
        return grace;
    }

    /** How long the port stays open after SIGTERM, while not ready, for balancers to notice. */
    Duration drainDelay() {
        return drainDelay;
    }

    /** Where models may be registered at run time; absent: nowhere. */
    Optional<Path> modelRoot() {
        return modelRoot;
    }

    /** The file with the token for changes; absent: the environment may have it. */
    Optional<Path> tokenFile() {
        return tokenFile;
    }

    /** The prediction log; absent: none is written. */
    Optional<LogOptions> log() {
        return logFolder.map(folder -> new LogOptions(folder, logShare, logRedacted, logFileBytes));
    }

    /** The collector of traces; absent: none are sent. */
    Optional<URI> traces() {
        return traces;
    }

    Drill drill() {
        return drill;
    }
}
