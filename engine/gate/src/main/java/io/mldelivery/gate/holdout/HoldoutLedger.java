package io.mldelivery.gate.holdout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The decisions by each evaluation set of one job, oldest first. Immutable; kept as JSON. */
public final class HoldoutLedger {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<HoldoutUse>> sets;

    private HoldoutLedger(Map<String, List<HoldoutUse>> sets) {
        this.sets = sets;
    }

    /** No decision yet. */
    public static HoldoutLedger empty() {
        return new HoldoutLedger(Map.of());
    }

    /**
     * Reads a ledger; a damaged one is an error, for forgetting decisions would make the next ones too easy.
     *
     * @param source what messages call it
     */
    public static HoldoutLedger parse(String source, String json) {
        if (json.isEmpty()) {
            return empty();
        }
        try {
            Map<String, List<HoldoutUse>> sets = new LinkedHashMap<>();
            JSON.readTree(json).path("sets").properties().forEach(entry -> {
                List<HoldoutUse> uses = new ArrayList<>();
                entry.getValue().forEach(use -> uses.add(use(use)));
                sets.put(entry.getKey(), List.copyOf(uses));
            });
            return new HoldoutLedger(sets);
        } catch (JsonProcessingException | DateTimeException e) {
            throw new DeliveryException(
                    Code.DATA,
                    source + ": the record of used evaluation sets is damaged: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    "Restore it from a backup.",
                    e);
        }
    }

    private static HoldoutUse use(JsonNode node) {
        return new HoldoutUse(
                node.path("decision").asText(),
                node.path("by").asText(),
                Instant.parse(node.path("at").asText()),
                node.path("alpha").asDouble(),
                node.path("outcome").asText());
    }

    /** The ledger as JSON. */
    public String toJson() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("schema", 1);
        ObjectNode all = root.putObject("sets");
        sets.forEach((set, uses) -> uses.forEach(use -> all.withArray("/" + set)
                .addObject()
                .put("decision", use.decision())
                .put("by", use.by())
                .put("at", use.at().toString())
                .put("alpha", use.alpha())
                .put("outcome", use.outcome())));
        return root.toString();
    }

    /** The decisions by a set. */
    public List<HoldoutUse> uses(String set) {
        return sets.getOrDefault(set, List.of());
    }

    /** This ledger and one more decision. */
    public HoldoutLedger with(String set, HoldoutUse use) {
        Map<String, List<HoldoutUse>> all = new LinkedHashMap<>(sets);
        List<HoldoutUse> uses = new ArrayList<>(uses(set));
        uses.add(use);
        all.put(set, List.copyOf(uses));
        return new HoldoutLedger(all);
    }
}
