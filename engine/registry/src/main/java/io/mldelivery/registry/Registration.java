package io.mldelivery.registry;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a registered version of a run's model, once: the same model (by digest) under the same name is the same
 * version, however often and from whichever run it is registered.
 */
public final class Registration {
    /** The version's tag with the model's digest, see {@link ModelDigest}. */
    public static final String DIGEST_TAG = "mldelivery.model_digest";

    private final Mlflow mlflow;

    public Registration(Mlflow mlflow) {
        this.mlflow = mlflow;
    }

    /**
     * What to register.
     *
     * @param path the model's folder among the run's artifacts; empty to look for the one that holds a model
     * @param alias the alias to point to the version; empty for none
     * @param tags what else to keep with the version, such as the build and the gate's outcome
     */
    public record Request(String name, String runId, String path, String alias, Map<String, String> tags) {
        public Request {
            tags = Map.copyOf(tags);
            if (!name.matches("[^/:@.\\s][^/:@]*")) {
                throw new DeliveryException(
                        Code.CONFIG,
                        "'" + name + "' cannot be the name of a model",
                        "Use a name without / : @, such as late-flights.");
            }
            if (!alias.isEmpty() && (!alias.matches("[A-Za-z0-9_-]+") || alias.matches("latest|v\\d+"))) {
                throw new DeliveryException(
                        Code.CONFIG,
                        "'" + alias + "' cannot be an alias",
                        "Use letters, digits, _ and -, but not latest or v and a number, which MLflow reserves.");
            }
        }
    }

    /**
     * What came of it.
     *
     * @param created whether the version is new
     * @param path the model's folder among the run's artifacts
     * @param previous the version the alias pointed to before; empty when to none
     */
    public record Result(
            RegisteredVersion version, String digest, String path, boolean created, Optional<String> previous) {}

    /**
     * Registers the model and points the alias to it.
     *
     * @param scratch an empty folder, into which the model is fetched to be digested
     */
    public Result register(Request request, Path scratch) throws IOException {
        String path = ModelFolder.find(mlflow.artifacts(), request.runId(), request.path());
        String digest = ModelDigest.of(mlflow.artifacts(), request.runId(), path, scratch);
        Optional<RegisteredVersion> known = known(request.name(), digest);
        RegisteredVersion version = known.isPresent() ? known.get() : create(request, path, digest);
        return new Result(version, digest, path, known.isEmpty(), pointAlias(request, version));
    }

    private Optional<RegisteredVersion> known(String name, String digest) {
        return mlflow.models().versions(name).stream()
                .filter(version -> digest.equals(version.tags().get(DIGEST_TAG)))
                .filter(version -> version.status().equals("READY"))
                .findFirst();
    }

    private RegisteredVersion create(Request request, String path, String digest) {
        Map<String, String> tags = new LinkedHashMap<>(request.tags());
        tags.put(DIGEST_TAG, digest);
        String source = "runs:/" + request.runId() + (path.isEmpty() ? "" : "/" + path);
        return mlflow.models().create(request.name(), request.runId(), source, tags);
    }

    private Optional<String> pointAlias(Request request, RegisteredVersion version) {
        if (request.alias().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> previous =
                mlflow.models().byAlias(request.name(), request.alias()).map(RegisteredVersion::version);
        if (!previous.equals(Optional.of(version.version()))) {
            mlflow.models().setAlias(request.name(), request.alias(), version.version());
        }
        return previous;
    }
}
