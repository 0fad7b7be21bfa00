package io.mldelivery.registry;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.python.PythonEnvironments;
import io.mldelivery.registry.server.MlflowServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** One real MLflow server for all tests of this module. It ends with the JVM. */
final class RealMlflow {
    private static MlflowServer server;

    private RealMlflow() {}

    static synchronized MlflowServer server() {
        if (server == null) {
            server = start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        }
        return server;
    }

    static Mlflow connect() {
        return Mlflow.connect(server().uri(), Map.of());
    }

    private static MlflowServer start() {
        try {
            Path home = Files.createTempDirectory("mlflow");
            return MlflowServer.start(
                    home, PythonEnvironments.defaultCache(System.getenv()), Map.of(), System.out::println);
        } catch (DeliveryException e) {
            if (e.code() == Code.ENVIRONMENT && !"true".equals(System.getenv("CI"))) {
                Assumptions.abort("no MLflow server here: " + e.what());
            }
            throw e;
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
