package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The two places that somebody else's controller has for versions.
 *
 * @param stable the version (by its key) in the place that stays; empty: the object does not exist
 * @param fresh the version in the place of what is new; empty: none
 * @param percent the share of the requests that the place of what is new really gets; empty: the controller is about to change it
 */
record Sides(Optional<String> stable, Optional<String> fresh, Optional<Integer> percent) {
    static final Sides NOTHING = new Sides(Optional.empty(), Optional.empty(), Optional.of(0));
    private static final String STABLE = "mldelivery.io/stable";
    private static final String FRESH = "mldelivery.io/fresh";

    boolean isStable(String key) {
        return stable.filter(key::equals).isPresent();
    }

    boolean isFresh(String key) {
        return fresh.filter(key::equals).isPresent();
    }

    boolean has(String key) {
        return isStable(key) || isFresh(key);
    }

    /** A version's share; empty while that is changing. */
    Optional<Integer> percentOf(String key) {
        return isStable(key) ? percent.map(share -> 100 - share) : percent;
    }

    /** The version that an object belongs to; empty: none of ours. */
    static String key(JsonNode object) {
        return object.path("metadata").path("labels").path(Template.KEY_LABEL).asText("");
    }

    /** What an object's annotation says is stable, where the object itself cannot tell. */
    static Optional<String> markedStable(JsonNode object) {
        return marked(object, STABLE);
    }

    /** What an object's annotation says is new; empty: no rollout is under way. */
    static Optional<String> markedFresh(JsonNode object) {
        return marked(object, FRESH);
    }

    private static Optional<String> marked(JsonNode object, String mark) {
        return Optional.of(
                        object.path("metadata").path("annotations").path(mark).asText(""))
                .filter(key -> !key.isEmpty());
    }

    /** Writes both into a manifest or a merge patch. */
    static void mark(ObjectNode object, Optional<String> stable, Optional<String> fresh) {
        ObjectNode annotations = object.withObjectProperty("metadata").withObjectProperty("annotations");
        stable.ifPresent(key -> annotations.put(STABLE, key));
        fresh.ifPresent(key -> annotations.put(FRESH, key));
    }

    /** Has a merge patch take both away. */
    static void unmark(ObjectNode patch) {
        patch.withObjectProperty("metadata")
                .withObjectProperty("annotations")
                .putNull(STABLE)
                .putNull(FRESH);
    }
}
