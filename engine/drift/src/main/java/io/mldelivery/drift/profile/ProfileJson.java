package io.mldelivery.drift.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.engine.Side;
import io.mldelivery.drift.statistics.Marks;
import io.mldelivery.drift.statistics.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A profile as JSON and back. Marks that are rounded percentiles are single-precision numbers and written with as few
 * digits as those need.
 */
final class ProfileJson {
    private ProfileJson() {}

    static ObjectNode write(Profile profile) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("source", profile.source()).put("rows", profile.rows());
        ArrayNode columns = root.putArray("columns");
        profile.columns().forEach(column -> columns.add(column(column)));
        profile.performance().ifPresent(known -> PerformanceJson.write(root.putObject("model"), known));
        return root;
    }

    private static ObjectNode column(ColumnProfile profile) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", profile.column().name())
                .put("kind", profile.column().kind().name())
                .put("type", profile.column().type())
                .put("nulls", profile.side().nulls())
                .put("infinite", profile.side().infinite())
                .put("values", profile.side().values());
        if (profile instanceof NumericProfile numbers) {
            node.put("distinct", numbers.distinct());
            moments(node.putObject("moments"), numbers.moments());
            marks(node.putObject("marks"), numbers.marks());
        } else if (profile instanceof CategoryProfile categories) {
            ObjectNode counts = node.putObject("counts");
            categories.counts().forEach(counts::put);
            node.put("otherLevels", categories.otherLevels()).put("others", categories.others());
        }
        return node;
    }

    private static void moments(ObjectNode node, Moments moments) {
        if (moments.count() > 0) {
            node.put("mean", moments.mean())
                    .put("deviation", moments.deviation())
                    .put("min", moments.min())
                    .put("max", moments.max());
        }
    }

    private static void marks(ObjectNode node, Marks marks) {
        node.put("size", marks.size()).put("complete", marks.complete());
        ArrayNode deciles = node.putArray("deciles");
        for (double value : marks.deciles()) {
            deciles.add(value);
        }
        ArrayNode others = node.putArray("others");
        for (double value : marks.values()) {
            if (Arrays.binarySearch(marks.deciles(), value) < 0) {
                others.add(marks.complete() ? others.numberNode(value) : others.numberNode((float) value));
            }
        }
        add(node.putArray("below"), differences(marks.below()));
        add(node.putArray("equal"), marks.equal());
    }

    private static void add(ArrayNode array, long[] numbers) {
        for (long number : numbers) {
            array.add(number);
        }
    }

    /** Counts below the marks grow; their differences are small numbers, which compress well. */
    private static long[] differences(long[] counts) {
        long[] differences = counts.clone();
        for (int i = counts.length - 1; i > 0; i--) {
            differences[i] = counts[i] - counts[i - 1];
        }
        return differences;
    }

    static Profile read(JsonNode root) {
        List<ColumnProfile> columns = new ArrayList<>();
        root.required("columns").forEach(node -> columns.add(column(node)));
        return new Profile(
                root.required("source").asText(),
                root.required("rows").asLong(),
                columns,
                root.has("model") ? Optional.of(PerformanceJson.read(root.required("model"))) : Optional.empty());
    }

    private static ColumnProfile column(JsonNode node) {
        var column = new Column(
                node.required("name").asText(),
                ColumnKind.valueOf(node.required("kind").asText()),
                node.required("type").asText());
        var side = new Side(
                node.required("nulls").asLong(),
                node.required("infinite").asLong(),
                node.required("values").asLong());
        if (node.has("marks")) {
            return new NumericProfile(
                    column,
                    side,
                    node.required("distinct").asLong(),
                    moments(node.required("moments"), side.values()),
                    marks(node.required("marks")));
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        node.required("counts")
                .properties()
                .forEach(level -> counts.put(level.getKey(), level.getValue().asLong()));
        return new CategoryProfile(
                column,
                side,
                counts,
                node.required("otherLevels").asLong(),
                node.required("others").asLong());
    }

    private static Moments moments(JsonNode node, long count) {
        return new Moments(
                count,
                node.path("mean").asDouble(Double.NaN),
                node.path("deviation").asDouble(Double.NaN),
                node.path("min").asDouble(Double.NaN),
                node.path("max").asDouble(Double.NaN));
    }

    private static Marks marks(JsonNode node) {
        long[] below = longs(node.required("below"));
        for (int i = 1; i < below.length; i++) {
            below[i] += below[i - 1];
        }
        double[] deciles =
                stream(node.required("deciles")).mapToDouble(JsonNode::asDouble).toArray();
        boolean complete = node.required("complete").asBoolean();
        DoubleStream others = stream(node.required("others"))
                .mapToDouble(other -> complete ? other.asDouble() : Float.parseFloat(other.asText()));
        double[] values =
                DoubleStream.concat(DoubleStream.of(deciles), others).sorted().toArray();
        return new Marks(
                values,
                below,
                longs(node.required("equal")),
                deciles,
                node.required("size").asLong(),
                complete);
    }

    private static long[] longs(JsonNode array) {
        return stream(array).mapToLong(JsonNode::asLong).toArray();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
