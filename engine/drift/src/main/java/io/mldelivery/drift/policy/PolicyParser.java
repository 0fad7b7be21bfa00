package io.mldelivery.drift.policy;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.data.ColumnKind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code drift.yaml}. Every key that is not known, and every value out of range, is refused with its place. */
final class PolicyParser {
    private static final String[] KEYS = {
        "policy",
        "columns",
        "numeric",
        "categorical",
        "text",
        "datetime",
        "overrides",
        "significance",
        "tolerated",
        "minimumRows",
        "nulls",
        "schema",
        "sample",
        "brokenRows"
    };

    private final ConfigNode root;
    private final DriftPolicy base;

    PolicyParser(String source, String text) {
        root = ConfigNode.parse(source, text)
                .rejectUnknownKeys(Stream.concat(Stream.of(KEYS), Stream.of(InvestigationParser.KEYS))
                        .toArray(String[]::new));
        base = root.find("policy")
                .map(node -> node.choice(PolicyName.class))
                .orElse(PolicyName.CALIBRATED)
                .policy();
    }

    DriftPolicy parse() {
        Optional<ConfigNode> significance = map("significance", "level", "correction");
        Optional<ConfigNode> schema = map("schema", "missing", "added");
        return new DriftPolicy(
                base.name(),
                selection(),
                rules(),
                overrides(),
                significance
                        .map(node -> within(node, "level", 1e-9, 0.5, base.level()))
                        .orElse(base.level()),
                significance
                        .flatMap(node -> node.find("correction"))
                        .map(node -> node.choice(Correction.class))
                        .orElse(base.correction()),
                within(root, "tolerated", 0, 1, base.tolerated()),
                (long) within(root, "minimumRows", 2, 1e15, base.minimumRows()),
                map("nulls", "increase")
                        .map(node -> within(node, "increase", 0, 1, base.nullIncrease()))
                        .orElse(base.nullIncrease()),
                fails(schema, "missing", base.missingFails()),
                fails(schema, "added", base.addedFails()),
                sampling(),
                (long) within(root, "brokenRows", 0, 1e15, base.brokenRows()),
                new InvestigationParser(root, base.further()).parse());
    }

    private Optional<ConfigNode> map(String key, String... known) {
        return root.find(key).map(node -> node.rejectUnknownKeys(known));
    }

    private static double within(ConfigNode node, String key, double low, double high, double absent) {
        return node.find(key).map(child -> inRange(child, low, high)).orElse(absent);
    }

    static double inRange(ConfigNode node, double low, double high) {
        double value = node.number();
        if (!(value >= low && value <= high)) {
            throw node.wrong(value + " is out of range", "Use a number from " + low + " to " + high + ".");
        }
        return value;
    }

    private Selection selection() {
        return map("columns", "include", "exclude")
                .map(node -> new Selection(texts(node, "include"), texts(node, "exclude")))
                .orElse(base.columns());
    }

    private static List<String> texts(ConfigNode node, String key) {
        return node.find(key)
                .map(list -> list.items().stream().map(ConfigNode::text).toList())
                .orElse(List.of());
    }

    private Map<ColumnKind, Rule> rules() {
        Map<ColumnKind, Rule> rules = new EnumMap<>(base.rules());
        for (ColumnKind kind : base.rules().keySet()) {
            root.find(kind.name().toLowerCase(Locale.ROOT)).ifPresent(node -> {
                Rule rule = rule(node);
                boolean fits = kind == ColumnKind.CATEGORICAL
                        ? rule.method().fitsCategories()
                        : rule.method().fitsNumbers();
                if (!fits) {
                    throw node.wrong("the method " + rule.method() + " does not fit this kind of column");
                }
                rules.put(kind, rule);
            });
        }
        return rules;
    }

    private Map<String, Rule> overrides() {
        Map<String, Rule> overrides = new LinkedHashMap<>();
        root.find("overrides")
                .ifPresent(node -> node.keys().forEach(column -> overrides.put(column, rule(node.get(column)))));
        return overrides;
    }

    private Rule rule(ConfigNode node) {
        node.rejectUnknownKeys("method", "threshold", "significant");
        Method method = node.get("method").choice(Method.class);
        if (method == Method.NONE) {
            return Rule.NONE;
        }
        double threshold = inRange(node.get("threshold"), 0, method.isPValue() ? 1 : 1e300);
        boolean significant =
                node.findBool("significant").orElse(base.name() == PolicyName.CALIBRATED && !method.isPValue());
        return new Rule(method, threshold, significant);
    }

    private enum Reaction {
        FAIL,
        IGNORE
    }

    private static boolean fails(Optional<ConfigNode> node, String key, boolean absent) {
        return node.flatMap(present -> present.find(key))
                .map(child -> child.choice(Reaction.class) == Reaction.FAIL)
                .orElse(absent);
    }

    private Sampling sampling() {
        return map("sample", "rows", "seed").map(this::sampling).orElse(base.sampling());
    }

    private Sampling sampling(ConfigNode node) {
        long rows = node.find("rows")
                .map(child -> child.text().equals("all") ? Sampling.ALL : (long) inRange(child, 1000, 1e15))
                .orElse(base.sampling().rows());
        return new Sampling(
                rows, node.findInteger("seed").orElse(base.sampling().seed()));
    }
}
