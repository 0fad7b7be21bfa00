package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.Readiness;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.machine.Instance;
import java.util.Optional;
import java.util.Set;

/**
 * A Canary of Flagger, which copies the Deployment that it names to a second one, {@code -primary}, when it promotes. Its
 * {@code stepWeights} and two of its webhooks are ours: gates without anybody behind them, so closed as long as they are there. The
 * stable version's template again, with {@code skipAnalysis}, ends the rollout: also when the new pods never became ready.
 */
final class FlaggerCanary implements Delegation {
    static final String API = "flagger.app/v1beta1";
    private static final String KEY = "/spec/template/metadata/labels/mldelivery.io~1key";
    private static final String HELD = "mldelivery.io/held-at";
    private static final String BROUGHT = "mldelivery.io/brought-in";
    private static final String TRAFFIC = "confirm-traffic-increase";
    private static final String PROMOTION = "confirm-promotion";
    private static final String WAITING = "WaitingPromotion";
    private static final Set<String> AT_REST = Set.of("Initialized", "Succeeded", "Failed");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final RouteObject object;
    private final String namespace;
    private final String target;

    FlaggerCanary(Cluster cluster, String namespace, String name, String target) {
        this.cluster = cluster;
        this.object = new RouteObject(cluster, new ResourceName(API, "Canary", namespace, name), target);
        this.namespace = namespace;
        this.target = target;
    }

    private ResourceName deployment(JsonNode canary, String suffix) {
        String name = canary.path("spec").path("targetRef").path("name").asText();
        return new ResourceName("apps/v1", "Deployment", namespace, name + suffix);
    }

    private Optional<JsonNode> found(JsonNode canary, String suffix) {
        return cluster.known(deployment(canary, suffix), "")
                .filter(one -> !one.path("metadata").has("deletionTimestamp"));
    }

    @Override
    public Sides sides() {
        JsonNode canary = object.known();
        return sides(canary, key(found(canary, "")), key(found(canary, "-primary")));
    }

    private static Optional<String> key(Optional<JsonNode> deployment) {
        return deployment.map(one -> one.at(KEY).asText());
    }

    /**
     * Where the versions are.
     *
     * @param latest the version of the Deployment that the Canary names
     * @param primary the version of Flagger's copy
     */
    static Sides sides(JsonNode canary, Optional<String> latest, Optional<String> primary) {
        if (latest.isEmpty() || primary.isEmpty() || primary.equals(latest)) {
            return new Sides(
                    latest, Optional.empty(), Optional.of(0).filter(none -> latest.isEmpty() || isOver(canary)));
        }
        return new Sides(primary, latest, Optional.of(percent(canary)));
    }

    /** When both places have the same version, Flagger may still be on its way back from the second. */
    private static boolean isOver(JsonNode canary) {
        JsonNode status = canary.path("status");
        boolean shifting =
                Set.of("Progressing", WAITING).contains(status.path("phase").asText());
        return !shifting || percent(canary) == 0;
    }

    /** While it waits for the first time, Flagger's status has forgotten the weight; then it is the last that it was told. */
    private static int percent(JsonNode canary) {
        JsonNode status = canary.path("status");
        int told = status.path("canaryWeight").asInt();
        if (told > 0 || !status.path("phase").asText().equals(WAITING)) {
            return told;
        }
        String held = annotation(canary, HELD);
        return held.isEmpty() ? last(weights(canary)) : Integer.parseInt(held);
    }

    private static int last(JsonNode weights) {
        return weights.path(weights.size() - 1).asInt();
    }

    private static JsonNode weights(JsonNode canary) {
        return canary.path("spec").path("analysis").path("stepWeights");
    }

    @Override
    public Instance fresh() {
        JsonNode canary = object.known();
        JsonNode pods = found(canary, "").orElseThrow();
        Readiness readiness = Readiness.of(pods);
        if (readiness.state() == Readiness.State.FAILED) {
            return Instance.dead(readiness.reason());
        }
        String phase = canary.path("status").path("phase").asText();
        if (phase.equals("Failed") && !since(canary).equals(annotation(canary, BROUGHT))) {
            return Instance.dead("Flagger gave the version up");
        }
        boolean scaled = pods.path("spec").path("replicas").asInt() > 0;
        boolean ready = scaled && readiness.state() == Readiness.State.READY;
        return ready && !AT_REST.contains(phase)
                ? Instance.ready()
                : new Instance(Instance.Phase.STARTING, scaled ? readiness.reason() : "Flagger has not noticed it yet");
    }

    /** When Flagger's phase changed last. */
    private static String since(JsonNode canary) {
        return canary.path("status").path("lastTransitionTime").asText("");
    }

    private static String annotation(JsonNode canary, String name) {
        return canary.path("metadata").path("annotations").path(name).asText("");
    }

    @Override
    public Instance only() {
        JsonNode canary = object.known();
        String phase = canary.path("status").path("phase").asText("");
        Optional<JsonNode> primary = found(canary, "-primary");
        if (primary.isEmpty() || phase.isEmpty() || phase.equals("Initializing")) {
            return new Instance(Instance.Phase.STARTING, "Flagger has not copied it yet");
        }
        Readiness readiness = Readiness.of(primary.get());
        return switch (readiness.state()) {
            case READY -> Instance.ready();
            case FAILED -> Instance.dead(readiness.reason());
            default -> new Instance(Instance.Phase.STARTING, readiness.reason());
        };
    }

    @Override
    public void bring(ObjectNode workload) {
        JsonNode canary = checked(workload);
        ArrayNode weights = JSON.createArrayNode().add(100);
        change(canary, weights, false, TRAFFIC, PROMOTION);
        put(workload, canary, since(canary));
    }

    private JsonNode checked(ObjectNode workload) {
        JsonNode canary = object.readOwn();
        ResourceName wanted = deployment(canary, "");
        if (!wanted.name().equals(workload.path("metadata").path("name").asText())) {
            throw new DeliveryException(
                    Code.CONFIG,
                    object.name() + " watches the " + wanted + ", which is not the template's",
                    "Give the template's Deployment that name, without a version in it.");
        }
        return canary;
    }

    /**
     * How many pods there are is Flagger's to say, once it knows the Deployment.
     *
     * @param mark makes the template differ from all that Flagger has seen, or equal to what it promoted: it ignores a template that
     *     equals one that it believes to have promoted, and believes so of one that was taken back
     */
    private void put(ObjectNode workload, JsonNode canary, String mark) {
        ObjectNode spec = workload.withObjectProperty("spec");
        if (found(canary, "").isPresent()) {
            spec.remove("replicas");
        }
        if (!mark.isEmpty()) {
            spec.withObjectProperty("template")
                    .withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .put(BROUGHT, mark);
        }
        cluster.apply(workload, true);
    }

    /** Changes what is ours in the Canary, if nobody, Flagger included, has changed it since it was read. */
    private void change(JsonNode canary, JsonNode weights, boolean skip, String... gates) {
        ObjectNode change = JSON.createObjectNode();
        ObjectNode metadata = change.putObject("metadata");
        metadata.put(
                "resourceVersion",
                canary.path("metadata").path("resourceVersion").asText());
        boolean waits = canary.path("status").path("phase").asText().equals(WAITING)
                && canary.path("status").path("canaryWeight").asInt() == 0;
        ObjectNode annotations = metadata.putObject("annotations");
        annotations.put(HELD, waits ? String.valueOf(percent(canary)) : null);
        annotations.put(Template.TARGET_LABEL, target);
        if (gates.length > 1) {
            annotations.put(BROUGHT, since(canary));
        }
        ObjectNode spec = change.putObject("spec").put("skipAnalysis", skip);
        ObjectNode analysis = spec.putObject("analysis");
        analysis.set("stepWeights", weights);
        analysis.set("stepWeight", null);
        analysis.set("maxWeight", null);
        analysis.set("webhooks", webhooks(canary, gates));
        cluster.merge(object.name(), change);
    }

    /** Other people's webhooks stay. */
    private static ArrayNode webhooks(JsonNode canary, String... gates) {
        ArrayNode all = JSON.createArrayNode();
        for (JsonNode hook : canary.path("spec").path("analysis").path("webhooks")) {
            if (!hook.path("name").asText().startsWith("mldelivery-")) {
                all.add(hook);
            }
        }
        for (String gate : gates) {
            all.addObject().put("name", "mldelivery-" + gate).put("type", gate).put("url", "http://127.0.0.1:9/closed");
        }
        return all;
    }

    @Override
    public void weigh(int percent) {
        JsonNode canary = object.readOwn();
        if (last(weights(canary)) == percent && webhooks(canary).size() + 1 == hooks(canary)) {
            return;
        }
        ArrayNode weights = JSON.createArrayNode();
        int real = percent(canary);
        if (real > 0 && real < percent) {
            weights.add(real);
        }
        change(canary, weights.add(percent), false, PROMOTION);
    }

    private static int hooks(JsonNode canary) {
        return canary.path("spec").path("analysis").path("webhooks").size();
    }

    @Override
    public void leave(ObjectNode stable) {
        withdraw(stable);
    }

    @Override
    public void withdraw(ObjectNode stable) {
        JsonNode canary = checked(stable);
        change(canary, JSON.createArrayNode().add(100), true);
        String before = found(canary, "-primary")
                .map(primary -> annotation(primary.path("spec").path("template"), BROUGHT))
                .orElse("");
        put(stable, canary, before);
    }

    @Override
    public void settle() {
        JsonNode canary = object.readOwn();
        if (hooks(canary) > webhooks(canary).size()) {
            change(canary, weights(canary).deepCopy(), false);
        }
    }

    @Override
    public void remove() {
        cluster.delete(deployment(object.known(), ""));
    }
}
