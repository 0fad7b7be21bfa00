package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.rollout.machine.Instance;
import java.util.Optional;
import java.util.function.Function;

/**
 * A Rollout of Argo Rollouts. Its steps are ours: {@code setWeight} and a pause without end. Changed steps make Argo begin again with
 * the first; steps without the pause end in promotion; the stable version's template again ends the rollout.
 */
final class ArgoRollout implements Delegation {
    static final String API = "argoproj.io/v1alpha1";
    private static final String KEY = "/spec/template/metadata/labels/mldelivery.io~1key";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final ResourceName name;
    private final RouteObject object;
    private final String target;

    ArgoRollout(Cluster cluster, String namespace, String name, String target) {
        this.cluster = cluster;
        this.name = new ResourceName(API, "Rollout", namespace, name);
        this.object = new RouteObject(cluster, this.name, target);
        this.target = target;
    }

    private Optional<JsonNode> known() {
        return cluster.known(name, "") // also one that is not ours, which is left alone
                .filter(one -> !one.path("metadata").has("deletionTimestamp"));
    }

    @Override
    public Sides sides() {
        return known().map(rollout -> sides(rollout, this::keyOf)).orElse(Sides.NOTHING);
    }

    /** @param keyOf the version of the ReplicaSet with a hash */
    static Sides sides(JsonNode rollout, Function<String, Optional<String>> keyOf) {
        String latest = rollout.at(KEY).asText();
        JsonNode status = rollout.path("status");
        String stable = status.path("stableRS").asText("");
        boolean told = hasSeen(rollout);
        if (stable.isEmpty()
                || told && stable.equals(status.path("currentPodHash").asText())) {
            return new Sides(Optional.of(latest), Optional.empty(), Optional.of(0));
        }
        String old = keyOf.apply(stable).orElse("");
        Optional<String> fresh = Optional.of(latest).filter(key -> !key.equals(old));
        return new Sides(Optional.of(old), fresh, told ? percent(rollout) : Optional.empty());
    }

    /** The weight that was asked for is the one that is as soon as the Rollout waits in the pause behind it, or needs none. */
    private static Optional<Integer> percent(JsonNode rollout) {
        boolean waits = rollout.path("status").path("phase").asText().equals("Paused");
        return waits || steps(rollout).equals(steps(100, false))
                ? Optional.of(steps(rollout).path(0).path("setWeight").asInt())
                : Optional.empty();
    }

    private static JsonNode steps(JsonNode rollout) {
        return rollout.path("spec").path("strategy").path("canary").path("steps");
    }

    private static boolean hasSeen(JsonNode rollout) {
        return rollout.path("metadata")
                .path("generation")
                .asText()
                .equals(rollout.path("status").path("observedGeneration").asText());
    }

    /** Which version the ReplicaSet of this hash belongs to. */
    private Optional<String> keyOf(String hash) {
        return cluster
                .known(
                        new ResourceName("apps/v1", "ReplicaSet", name.namespace(), ""),
                        Template.OURS,
                        Template.TARGET_LABEL + "=" + target + ",rollouts-pod-template-hash=" + hash)
                .stream()
                .map(set -> set.path("metadata")
                        .path("labels")
                        .path(Template.KEY_LABEL)
                        .asText())
                .findFirst();
    }

    @Override
    public Instance fresh() {
        JsonNode rollout = object.known();
        String phase = rollout.path("status").path("phase").asText();
        String message = rollout.path("status").path("message").asText("");
        if (!hasSeen(rollout)) {
            return Instance.starting();
        }
        return switch (phase) {
            case "Paused", "Healthy" -> Instance.ready();
            case "Degraded" -> Instance.dead("Argo Rollouts says: " + message);
            default -> new Instance(Instance.Phase.STARTING, message);
        };
    }

    @Override
    public Instance only() {
        return fresh();
    }

    @Override
    public void bring(ObjectNode workload) {
        put(workload, steps(0, true));
    }

    private void put(ObjectNode workload, ArrayNode steps) {
        workload.withObjectProperty("spec")
                .withObjectProperty("strategy")
                .withObjectProperty("canary")
                .set("steps", steps);
        cluster.apply(workload, true);
    }

    private static ArrayNode steps(int percent, boolean paused) {
        ArrayNode steps = JSON.createArrayNode();
        steps.addObject().put("setWeight", percent);
        if (paused) {
            steps.addObject().putObject("pause");
        }
        return steps;
    }

    @Override
    public void weigh(int percent) {
        change(steps(percent, true));
    }

    private void change(ArrayNode steps) {
        JsonNode now = object.readOwn();
        boolean settles = steps(now).equals(steps(100, false)) && steps.equals(steps(100, true));
        if (!settles && !steps(now).equals(steps)) {
            ObjectNode change = JSON.createObjectNode();
            change.putObject("spec").putObject("strategy").putObject("canary").set("steps", steps);
            cluster.merge(name, change);
        }
    }

    @Override
    public void leave(ObjectNode stable) {
        change(steps(0, true));
    }

    @Override
    public void withdraw(ObjectNode stable) {
        put(stable, steps(0, true));
    }

    @Override
    public void settle() {
        change(steps(100, false));
    }

    @Override
    public void remove() {
        cluster.delete(name);
    }
}
