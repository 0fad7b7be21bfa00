package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.control.Split;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * An object of the cluster that routes and that somebody created for us: read, checked to be ours, changed against the version
 * that was read. What we last asked for stands in an annotation, beside the fields that carry it out.
 */
final class RouteObject {
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();
    private static final String TARGET = "mldelivery.io/target";
    private static final String SPLIT = "mldelivery.io/split";
    private static final String SINCE = "mldelivery.io/split-since";

    private final Cluster cluster;
    private final ResourceName name;
    private final String target;

    /** @param target the target's name: another target's route is not touched */
    RouteObject(Cluster cluster, ResourceName name, String target) {
        this.cluster = cluster;
        this.name = name;
        this.target = target;
    }

    ResourceName name() {
        return name;
    }

    /** As a watch tells it; a moment old, perhaps. */
    JsonNode known() {
        return present(cluster.known(name, ""));
    }

    private JsonNode read() {
        return present(cluster.find(name));
    }

    private JsonNode present(Optional<JsonNode> object) {
        return object.orElseThrow(() -> new DeliveryException(
                Code.CONFIG,
                "there is no " + name + " to route by",
                "Create it once, with its gateway and host names; weights are set by us."));
    }

    /** The object, if it is nobody else's. */
    JsonNode readOwn() {
        JsonNode now = read();
        String other = annotation(now, TARGET);
        if (!other.isEmpty() && !other.equals(target)) {
            throw foreign("it routes for the target " + other);
        }
        for (JsonNode owner : now.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                throw foreign("it is controlled by " + owner.path("kind").asText() + " "
                        + owner.path("name").asText());
            }
        }
        return now;
    }

    DeliveryException foreign(String why) {
        return new DeliveryException(
                Code.CONFIG,
                name + " belongs to somebody else: " + why,
                "Name a route of your own in the target's file.");
    }

    private static String annotation(JsonNode object, String key) {
        return object.path("metadata").path("annotations").path(key).asText("");
    }

    /** What was asked for last; empty when that was never, or cannot be read. */
    static Optional<Split> asked(JsonNode object) {
        try {
            String text = annotation(object, SPLIT);
            return text.isEmpty() ? Optional.empty() : Optional.of(JSON.readValue(text, Split.class));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // somebody changed it; the fields count
        }
    }

    /** For how long the present division has been asked for; empty where nobody wrote that down. */
    Optional<Duration> age() {
        return cluster.known(name, "").flatMap(object -> age(annotation(object, SINCE)));
    }

    /** A clock that was set back, or is another machine's, does not make anything wait for longer than its own difference. */
    private static Optional<Duration> age(String since) {
        try {
            return since.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Duration.between(Instant.parse(since), Instant.now())
                            .abs());
        } catch (DateTimeParseException e) {
            return Optional.empty(); // somebody changed it
        }
    }

    /** Replaces parts of the object's spec, if nobody has changed the object since it was read. */
    void change(JsonNode read, ObjectNode spec, Split split) {
        ObjectNode change = JSON.createObjectNode();
        change.set("spec", spec);
        ObjectNode metadata = change.putObject("metadata");
        metadata.put(
                "resourceVersion", read.path("metadata").path("resourceVersion").asText());
        metadata.putObject("annotations")
                .put(TARGET, target)
                .put(SPLIT, JSON.valueToTree(split).toString())
                .put(SINCE, Instant.now().toString());
        cluster.merge(name, change);
    }

    static DeliveryException cannot(String router, Split split) {
        String what = split.kind() == Split.Kind.MIRRORED
                ? "mirror requests"
                : "assign users by "
                        + split.assignment()
                                .map(one -> one.kind().name().toLowerCase(java.util.Locale.ROOT))
                                .orElse("");
        return new DeliveryException(
                Code.CONFIG, router + " cannot " + what, "Use another strategy, or another router.");
    }
}
