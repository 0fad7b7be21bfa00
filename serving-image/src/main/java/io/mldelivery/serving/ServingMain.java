package io.mldelivery.serving;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.model.ModelKey;
import io.mldelivery.serving.wire.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Starts the model server. Prints one line of JSON with its ports on standard output when it listens, which is before it
 * is ready; logs go to standard error. Ends on SIGTERM after draining. Exit code 64 for options that cannot be used.
 */
public final class ServingMain {

    private static final int USAGE_ERROR = 64;

    static {
        System.getProperties()
                .putIfAbsent("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %5$s%6$s%n");
    }

    private ServingMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(Options.parse(arguments));
        } catch (ServingException e) {
            System.err.println(e.getMessage());
            System.err.println(e.advice());
            System.exit(USAGE_ERROR);
        }
        new CountDownLatch(1).await();
    }

    private static void run(Options options) {
        Logger log = System.getLogger(ServingMain.class.getName());
        Map<ModelKey, Path> folders = ModelArguments.read(options.models(), options.version());
        if (options.drill().active()) {
            log.log(Level.WARNING, "DRILL {0}: this server fails on purpose", options.drill());
        }
        ModelServer server = new ModelServer(options, folders);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, log), "drain"));
        System.out.println(listening(server));
    }

    /** The virtual machine would report 143 for a SIGTERM; a server that drained has done its work. */
    private static void stop(ModelServer server, Logger log) {
        try {
            server.stop();
            Runtime.getRuntime().halt(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.log(Level.WARNING, "Interrupted while draining");
        }
    }

    private static String listening(ModelServer server) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("event", "listening");
            json.writeNumberField("port", server.port());
            json.writeNumberField("managementPort", server.managementPort());
            json.writeEndObject();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return line.toString();
    }
}
