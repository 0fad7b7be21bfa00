package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.machine.Instance;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * An Experiment of Seldon Core 2, which divides requests between Models, one a version. A candidate that is not ready takes the
 * Experiment's route away from all of them, so a Model is one only while it is ready, and is deleted some time after it has ceased
 * to be one. Seldon tells no shares: those asked for are there when it calls the Experiment ready.
 */
final class SeldonExperiment implements Delegation {
    static final String API = "mlops.seldon.io/v1alpha1";
    /** How long Seldon may take to hear of an Experiment's new candidates. */
    static final Duration HEARING = Duration.ofSeconds(3);

    private static final String SINCE = "mldelivery.io/split-since";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final ResourceName name;
    private final RouteObject object;
    private final String target;
    private final Duration hearing;

    /** @param hearing how long a Model is kept after it has ceased to be a candidate */
    SeldonExperiment(Cluster cluster, String namespace, String name, String target, Duration hearing) {
        this.cluster = cluster;
        this.name = new ResourceName(API, "Experiment", namespace, name);
        this.object = new RouteObject(cluster, this.name, target);
        this.target = target;
        this.hearing = hearing;
    }

    @Override
    public Sides sides() {
        return cluster.known(name, "")
                .filter(one -> !one.path("metadata").has("deletionTimestamp"))
                .map(experiment -> sides(experiment, this::modelOf))
                .orElse(Sides.NOTHING);
    }

    /** @param modelOf the name of a version's Model; empty: there is none */
    static Sides sides(JsonNode experiment, Function<String, String> modelOf) {
        Optional<String> stable = Sides.markedStable(experiment);
        if (stable.isEmpty()) { // somebody else's
            return new Sides(Optional.of(""), Optional.empty(), Optional.empty());
        }
        Optional<String> fresh = Sides.markedFresh(experiment);
        int percent = fresh.map(modelOf).map(model -> weight(experiment, model)).orElse(0);
        return new Sides(stable, fresh, isReady(experiment) ? Optional.of(percent) : Optional.empty());
    }

    private static int weight(JsonNode experiment, String model) {
        return StreamSupport.stream(experiment.path("spec").path("candidates").spliterator(), false)
                .filter(one -> one.path("name").asText().equals(model))
                .mapToInt(one -> one.path("weight").asInt())
                .sum();
    }

    private static boolean isReady(JsonNode experiment) {
        return condition(experiment, "ExperimentReady")
                .filter(one -> one.path("status").asText().equals("True"))
                .isPresent();
    }

    private static Optional<JsonNode> condition(JsonNode object, String type) {
        return StreamSupport.stream(object.path("status").path("conditions").spliterator(), false)
                .filter(one -> one.path("type").asText().equals(type))
                .findFirst();
    }

    private Optional<JsonNode> model(String key) {
        return cluster
                .known(
                        new ResourceName(API, "Model", name.namespace(), ""),
                        Template.OURS,
                        Template.TARGET_LABEL + "=" + target + "," + Template.KEY_LABEL + "=" + key)
                .stream()
                .findFirst();
    }

    private String modelOf(String key) {
        return model(key).map(one -> one.path("metadata").path("name").asText()).orElse("");
    }

    @Override
    public Instance fresh() {
        return model(Sides.markedFresh(object.known()).orElse(""))
                .map(SeldonExperiment::state)
                .orElse(new Instance(Instance.Phase.STARTING, "there is no Model of it"));
    }

    @Override
    public Instance only() {
        JsonNode experiment = object.known();
        Instance model = model(Sides.markedStable(experiment).orElse(""))
                .map(SeldonExperiment::state)
                .orElse(new Instance(Instance.Phase.STARTING, "there is no Model of it"));
        return model.isReady() && !isReady(experiment)
                ? new Instance(Instance.Phase.STARTING, name + " is not ready")
                : model;
    }

    /** Seldon puts the state into the condition's message and what happened into its reason. */
    private static Instance state(JsonNode model) {
        JsonNode ready = condition(model, "ModelReady").orElse(JSON.createObjectNode());
        String said =
                ready.path("message").asText("") + ": " + ready.path("reason").asText("");
        if (ready.path("status").asText().equals("True")) {
            return Instance.ready();
        }
        return ready.path("message").asText().equals("ModelFailed")
                ? Instance.dead("Seldon says: " + said)
                : new Instance(Instance.Phase.STARTING, said);
    }

    @Override
    public void bring(ObjectNode workload) {
        ResourceName model = ResourceName.of(workload, name.namespace());
        cluster.find(model).ifPresent(there -> refuseAnother(model, there, Sides.key(workload)));
        Optional<JsonNode> experiment = cluster.find(name);
        experiment.ifPresent(any -> object.readOwn());
        cluster.apply(workload, true);
        if (experiment.isEmpty()) {
            create(workload);
        } else {
            ObjectNode change = JSON.createObjectNode();
            Sides.mark(change, Optional.empty(), Optional.of(Sides.key(workload)));
            cluster.merge(name, change);
        }
    }

    private static void refuseAnother(ResourceName model, JsonNode there, String key) {
        if (!Sides.key(there).equals(key)) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "there is a " + model + " already, of another version",
                    "Name the template's Model ${name}: each version has its own.");
        }
        if (there.path("metadata").has("deletionTimestamp")) {
            throw new DeliveryException(
                    Code.SERVING,
                    "the " + model + " of an earlier rollout is still being unloaded",
                    "Wait for Seldon.");
        }
    }

    private void create(ObjectNode workload) {
        ObjectNode experiment = JSON.createObjectNode();
        experiment.put("apiVersion", API).put("kind", name.kind());
        experiment
                .putObject("metadata")
                .put("name", name.name())
                .put("namespace", name.namespace())
                .putObject("labels")
                .put("app.kubernetes.io/managed-by", "mldelivery")
                .put(Template.TARGET_LABEL, target);
        Sides.mark(experiment, Optional.of(Sides.key(workload)), Optional.empty());
        ObjectNode spec = experiment.putObject("spec").put("resourceType", "model");
        spec.putArray("candidates")
                .addObject()
                .put("name", workload.path("metadata").path("name").asText())
                .put("weight", 100);
        cluster.apply(experiment, true);
    }

    @Override
    public void weigh(int percent) {
        JsonNode now = object.readOwn();
        Optional<String> fresh = Sides.markedFresh(now);
        if (fresh.isPresent() && !isSettling(now, fresh.get())) {
            ArrayNode candidates = JSON.createArrayNode();
            add(candidates, modelOf(Sides.markedStable(now).orElse("")), 100 - percent);
            add(candidates, modelOf(fresh.get()), percent);
            change(now, candidates);
        }
    }

    /** Whether what is new is the only candidate already. */
    private boolean isSettling(JsonNode now, String fresh) {
        JsonNode candidates = now.path("spec").path("candidates");
        return candidates.size() == 1
                && candidates.path(0).path("name").asText().equals(modelOf(fresh));
    }

    private static void add(ArrayNode candidates, String model, int weight) {
        candidates.addObject().put("name", model).put("weight", weight);
    }

    /** Another place's endpoint may stand for the Experiment ({@code default}); that is one of the candidates always. */
    private void change(JsonNode now, ArrayNode candidates) {
        if (now.path("spec").path("candidates").equals(candidates)) {
            return;
        }
        ObjectNode change = JSON.createObjectNode();
        change.putObject("metadata")
                .putObject("annotations")
                .put(SINCE, Instant.now().toString());
        ObjectNode spec = change.putObject("spec");
        spec.set("candidates", candidates);
        if (now.path("spec").has("default")) {
            spec.put("default", candidates.path(0).path("name").asText());
        }
        cluster.merge(name, change);
    }

    /** This version answers everything, and the other is no candidate any more. */
    private void leaveTo(JsonNode now, String key) {
        ArrayNode candidates = JSON.createArrayNode();
        add(candidates, modelOf(key), 100);
        change(now, candidates);
    }

    @Override
    public void leave(ObjectNode stable) {
        JsonNode now = object.readOwn();
        leaveTo(now, Sides.markedStable(now).orElse(""));
    }

    @Override
    public void withdraw(ObjectNode stable) {
        JsonNode now = object.readOwn();
        String stays = Sides.markedStable(now).orElse("");
        Sides.markedFresh(now).ifPresent(goes -> part(now, stays, goes));
    }

    @Override
    public void settle() {
        JsonNode now = object.readOwn();
        String goes = Sides.markedStable(now).orElse("");
        Sides.markedFresh(now).ifPresent(stays -> part(now, stays, goes));
    }

    /** Once Seldon has heard that a version is no candidate any more, its Model goes. */
    private void part(JsonNode now, String stays, String goes) {
        leaveTo(now, stays);
        JsonNode after = object.readOwn();
        if (!isReady(after) || heard(after).compareTo(hearing) < 0) {
            return;
        }
        String model = modelOf(goes);
        if (!model.isEmpty()) {
            cluster.delete(new ResourceName(API, "Model", name.namespace(), model));
        }
        ObjectNode change = JSON.createObjectNode();
        Sides.unmark(change);
        Sides.mark(change, Optional.of(stays), Optional.empty());
        cluster.merge(name, change);
    }

    /** For how long the candidates have been as they are; by another machine's clock at most by its difference wrong. */
    private static Duration heard(JsonNode experiment) {
        String since =
                experiment.path("metadata").path("annotations").path(SINCE).asText("");
        try {
            return since.isEmpty()
                    ? Duration.ofDays(1)
                    : Duration.between(Instant.parse(since), Instant.now()).abs();
        } catch (DateTimeParseException e) {
            return Duration.ofDays(1); // somebody changed it
        }
    }

    @Override
    public void remove() {
        Optional<String> only = cluster.find(name).flatMap(Sides::markedStable);
        cluster.delete(name);
        only.map(this::modelOf)
                .filter(model -> !model.isEmpty())
                .ifPresent(model -> cluster.delete(new ResourceName(API, "Model", name.namespace(), model)));
    }
}
