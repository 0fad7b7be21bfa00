package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.control.Split;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Somebody else shifts the traffic between the versions' Services, by fields of an object of theirs: the services of a
 * TraefikService, the backends of a TrafficSplit. We set those fields, judge, watch and go back.
 */
public final class FieldRouter implements TrafficRouter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RouteObject object;
    private final Fields fields;

    /**
     * JSON pointers to the fields, each of which must exist.
     *
     * @param candidateWeight percent of the new version
     * @param stableWeight percent of the old version; empty: it gets the rest by itself
     * @param candidateName name of the new version's Service or model; empty: the field is somebody else's
     * @param stableName the same of the old version's
     */
    public record Fields(
            String candidateWeight,
            Optional<String> stableWeight,
            Optional<String> candidateName,
            Optional<String> stableName) {}

    /** @param target the target's name */
    public FieldRouter(Cluster cluster, ResourceName name, String target, Fields fields) {
        this.object = new RouteObject(cluster, name, target);
        this.fields = fields;
    }

    @Override
    public boolean needsService() {
        return false;
    }

    @Override
    public Split split(String candidate) {
        JsonNode now = object.known();
        if (fields.stableName()
                .filter(pointer -> now.at(pointer).asText().equals(candidate))
                .isPresent()) {
            return Split.weighted(100 - field(now, fields.candidateWeight()).asInt());
        }
        boolean other = fields.candidateName()
                .filter(pointer -> !now.at(pointer).asText().equals(candidate))
                .isPresent();
        return Split.weighted(other ? 0 : field(now, fields.candidateWeight()).asInt());
    }

    private JsonNode field(JsonNode now, String pointer) {
        JsonNode found = now.at(pointer);
        if (found.isMissingNode()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    object.name() + " has no field " + pointer,
                    "Correct the router's pointers in the target's file, or create the field.");
        }
        return found;
    }

    @Override
    public void split(String candidate, Optional<String> stable, Split split) {
        if (split.kind() != Split.Kind.WEIGHTED) {
            throw RouteObject.cannot(object.name().kind(), split);
        }
        JsonNode now = object.readOwn();
        Map<String, JsonNode> changes = new TreeMap<>();
        changes.put(fields.candidateWeight(), JSON.valueToTree(split.percent()));
        fields.stableWeight().ifPresent(pointer -> changes.put(pointer, JSON.valueToTree(100 - split.percent())));
        fields.candidateName().ifPresent(pointer -> changes.put(pointer, JSON.valueToTree(candidate)));
        stable.ifPresent(old -> fields.stableName().ifPresent(pointer -> changes.put(pointer, JSON.valueToTree(old))));
        ObjectNode copy = now.deepCopy();
        changes.forEach((pointer, value) -> set(copy, pointer, value));
        object.change(now, (ObjectNode) copy.path("spec"), split);
    }

    private void set(ObjectNode root, String pointer, JsonNode value) {
        field(root, pointer);
        JsonPointer path = JsonPointer.compile(pointer);
        JsonNode parent = root.at(path.head());
        if (parent instanceof ArrayNode array) {
            array.set(path.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(path.last().getMatchingProperty(), value);
        }
    }
}
