package io.jenkins.plugins.mldelivery.gate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.metric.MetricFiles;
import io.mldelivery.gate.metric.MetricSet;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RegisteredVersion;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what was reported of candidate and champion: in a file of the workspace, in an MLflow run ({@code runs:/id}) or
 * in the run of a registered version ({@code models:/name@alias}, {@code models:/name/3}).
 */
final class Models implements AutoCloseable {
    private static final String RUN = "runs:/";
    private static final String MODEL = "models:/";

    private final Path workspace;
    private final Map<String, String> environment;
    private Optional<Mlflow> mlflow = Optional.empty();
    private Optional<ObjectNode> championFacts = Optional.empty();

    Models(Path workspace, Map<String, String> environment) {
        this.workspace = workspace;
        this.environment = environment;
    }

    /** The run that an address names; absent for files. */
    static Optional<String> runId(String address) {
        return address.startsWith(RUN)
                ? Optional.of(address.substring(RUN.length()).replaceAll("/.*", ""))
                : Optional.empty();
    }

    MetricSet candidate(String address) {
        return address.startsWith(MODEL)
                ? ofVersion(version(address).orElseThrow(() -> absent(address)))
                : reported(address);
    }

    private MetricSet reported(String address) {
        return runId(address).map(this::ofRun)
                .orElseGet(() -> MetricFiles.read(workspace.resolve(address), address));
    }

    private MetricSet ofRun(String runId) {
        return MetricSet.of("run " + runId, mlflow().tracking().run(runId).metrics());
    }

    private MetricSet ofVersion(RegisteredVersion version) {
        return version.runId().isEmpty()
                ? MetricSet.empty(version.uri() + " (which has no run)")
                : MetricSet.of(version.uri(), mlflow().tracking().run(version.runId()).metrics());
    }

    private static DeliveryException absent(String address) {
        return new DeliveryException(Code.REGISTRY, address + " does not exist", "Check the model's name and version.");
    }

    /**
     * The champion that an address names; a registered version that does not exist is no error but an absent champion.
     *
     * @param hasPredictions whether the champion's predictions are given, so that there is one even without an address
     */
    Champion champion(String address, boolean hasPredictions) {
        if (address.isEmpty()) {
            return hasPredictions
                    ? new Champion.Present(MetricSet.empty("the champion's metrics (no champion was named)"))
                    : new Champion.Absent("no champion was named");
        }
        if (!address.startsWith(MODEL)) {
            championFacts = runId(address).map(Models::factsOfRun);
            return new Champion.Present(reported(address));
        }
        Optional<RegisteredVersion> version = version(address);
        championFacts = version.map(Models::facts);
        return version.<Champion>map(found -> new Champion.Present(ofVersion(found)))
                .orElseGet(() -> new Champion.Absent(address + " does not exist"));
    }

    private Optional<RegisteredVersion> version(String address) {
        return mlflow().models().resolve(address);
    }

    private static ObjectNode factsOfRun(String runId) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putNull("name");
        node.putNull("version");
        return node.put("runId", runId);
    }

    private static ObjectNode facts(RegisteredVersion version) {
        return JsonNodeFactory.instance.objectNode()
                .put("name", version.name())
                .put("version", version.version())
                .put("runId", version.runId());
    }

    /** Which registered version or run the champion was, once {@link #champion} has found one. */
    Optional<ObjectNode> championFacts() {
        return championFacts;
    }

    private Mlflow mlflow() {
        if (mlflow.isEmpty()) {
            String address = environment.getOrDefault("MLFLOW_TRACKING_URI", "").strip();
            if (address.isEmpty()) {
                throw new DeliveryException(Code.CONFIG, "MLFLOW_TRACKING_URI is not set",
                        "Set it on the node, or in the Jenkinsfile by withEnv; the launcher sets it by itself.");
            }
            mlflow = Optional.of(Mlflow.connect(URI.create(address), environment));
        }
        return mlflow.get();
    }

    @Override
    public void close() {
        mlflow.ifPresent(Mlflow::close);
    }
}
