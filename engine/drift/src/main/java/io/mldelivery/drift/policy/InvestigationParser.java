package io.mldelivery.drift.policy;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.drift.policy.Season.Part;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the keys of a policy that go beyond single columns. */
final class InvestigationParser {
    static final String[] KEYS = {
        "values", "model", "importance", "joint", "texts", "embeddings", "segments", "window", "season", "monitoring"
    };

    private static final int MOST_SEGMENTS = 100;

    private final ConfigNode root;
    private final Investigation base;

    InvestigationParser(ConfigNode root, Investigation base) {
        this.root = root;
        this.base = base;
    }

    Investigation parse() {
        Optional<ConfigNode> importance = root.find("importance");
        boolean surrogate =
                importance.filter(node -> !node.isMap()).map(this::surrogate).orElse(false);
        Optional<ConfigNode> embeddings = map("embeddings", "columns", "threshold");
        return new Investigation(
                map("values", "newCategories", "outOfRange").map(this::values).orElse(base.values()),
                map("model", "prediction", "label", "metric", "tolerance", "threshold")
                        .map(this::model),
                importance.filter(ConfigNode::isMap).map(this::weights).orElse(Map.of()),
                surrogate,
                map("joint", "domainClassifier", "reconstruction", "meanDiscrepancy")
                        .map(this::joint)
                        .orElse(Joint.NONE),
                map("texts", "domainClassifier", "unknownWords")
                        .map(this::texts)
                        .orElse(TextRules.NONE),
                embeddings.map(node -> embeddings(node.get("columns"))).orElse(Map.of()),
                embeddings
                        .map(node -> number(node, "threshold", 0, 2))
                        .orElse(OptionalDouble.empty())
                        .orElse(Investigation.EMBEDDING_LIMIT),
                (int) number(root, "segments", 0, MOST_SEGMENTS).orElse(0),
                map("window", "column", "last", "from", "to", "rows")
                        .map(this::window)
                        .orElse(Window.ALL),
                map("season", "column", "by")
                        .map(node -> new Season(
                                node.get("column").text(), node.get("by").choice(Part.class))),
                map("monitoring", "runLength")
                        .map(node -> number(node, "runLength", 2, 1e9))
                        .orElse(OptionalDouble.empty()));
    }

    private Optional<ConfigNode> map(String key, String... known) {
        return root.find(key).map(node -> node.rejectUnknownKeys(known));
    }

    private static OptionalDouble number(ConfigNode node, String key, double low, double high) {
        return node.find(key)
                .map(child -> OptionalDouble.of(PolicyParser.inRange(child, low, high)))
                .orElse(OptionalDouble.empty());
    }

    private ValueLimits values(ConfigNode node) {
        return new ValueLimits(
                number(node, "newCategories", 0, 1).orElse(base.values().newCategories()),
                number(node, "outOfRange", 0, 1).orElse(base.values().outOfRange()));
    }

    private ModelRoles model(ConfigNode node) {
        return new ModelRoles(
                node.get("prediction").text(),
                node.findText("label"),
                node.get("metric").choice(Metric.class),
                number(node, "tolerance", 0, 1e300).orElse(0),
                number(node, "threshold", 0, 1).orElse(0.5));
    }

    private boolean surrogate(ConfigNode node) {
        if (!node.text().equals("surrogate")) {
            throw node.wrong(
                    "'" + node.text() + "' is no importance",
                    "Write surrogate, or a number for each column, such as {distance: 0.4}.");
        }
        if (root.find("model").isEmpty()) {
            throw node.wrong("a surrogate is learnt from the model's answers", "Name them under model: prediction.");
        }
        return true;
    }

    private Map<String, Double> weights(ConfigNode node) {
        Map<String, Double> weights = new LinkedHashMap<>();
        node.keys().forEach(column -> weights.put(column, PolicyParser.inRange(node.get(column), 0, 1e300)));
        return weights;
    }

    private Joint joint(ConfigNode node) {
        return new Joint(
                number(node, "domainClassifier", 0.5, 1),
                number(node, "reconstruction", 0, 1e300),
                number(node, "meanDiscrepancy", 0, 2));
    }

    private TextRules texts(ConfigNode node) {
        return new TextRules(number(node, "domainClassifier", 0.5, 1), number(node, "unknownWords", 0, 1));
    }

    private static Map<String, String> embeddings(ConfigNode node) {
        Map<String, String> columns = new LinkedHashMap<>();
        node.keys().forEach(name -> columns.put(name, node.get(name).text()));
        return columns;
    }

    private Window window(ConfigNode node) {
        var window = new Window(
                node.findText("column"),
                node.findDuration("last"),
                node.findText("from"),
                node.findText("to"),
                node.findInteger("rows"));
        boolean timed = window.last().isPresent()
                || window.from().isPresent()
                || window.to().isPresent();
        if (timed == window.column().isEmpty() || timed == window.rows().isPresent()) {
            throw node.wrong(
                    "a window is either a column with last, from or to, or a number of rows",
                    "Write {column: time, last: 7d} or {rows: 100000}.");
        }
        window.rows().ifPresent(rows -> PolicyParser.inRange(node.get("rows"), 1, 1e15));
        return window;
    }
}
