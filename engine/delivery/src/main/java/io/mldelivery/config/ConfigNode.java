package io.mldelivery.config;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One value of a configuration file together with where it stands. Every accessor answers with a value of the asked
 * type or fails with a {@link DeliveryException} (code {@code CONFIG}) that names file, line, column and key.
 *
 * <p>Immutable.
 */
public final class ConfigNode {
    private static final int MAX_CODE_POINTS = 4_000_000;
    private static final int MAX_DEPTH = 50;
    private static final int MAX_ALIASES = 50;
    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ, Tag.TIMESTAMP, Tag.MERGE);
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d)");

    private final String source;
    private final String path;
    private final Node node;
    private final Map<String, ConfigNode> children = new LinkedHashMap<>();
    private final Map<String, ConfigNode> keys = new LinkedHashMap<>();

    private ConfigNode(String source, String path, Node node) {
        this.source = source;
        this.path = path;
        this.node = node;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::addChild);
        }
    }

    /**
     * Parses YAML (of which JSON is a subset). No object is ever constructed from tags; size, depth and aliases are
     * limited; duplicate keys are refused.
     *
     * @param source the name to show in messages, usually the path as the user wrote it
     */
    public static ConfigNode parse(String source, String yaml) {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(yaml));
            if (root == null) {
                throw new DeliveryException(
                        Code.CONFIG,
                        source + ": the file is empty",
                        "Write at least one key; docs/reference lists them.");
            }
            refuseAliasBombs(source, root);
            return new ConfigNode(source, "", root);
        } catch (MarkedYAMLException e) {
            throw brokenYaml(source, e);
        } catch (YAMLException e) {
            throw new DeliveryException(
                    Code.CONFIG, source + ": " + firstLine(e.getMessage()), "Make the file smaller or flatter.", e);
        }
    }

    /** As {@link #parse(String, String)}, from UTF-8 bytes. */
    public static ConfigNode parse(String source, byte[] utf8) {
        return parse(source, new String(utf8, StandardCharsets.UTF_8));
    }

    private static DeliveryException brokenYaml(String source, MarkedYAMLException e) {
        var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        String where = mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
        return new DeliveryException(
                Code.CONFIG,
                source + where + ": not valid YAML: " + firstLine(String.valueOf(e.getProblem())),
                "Check the indentation and the quotes around this place.",
                e);
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** An alias repeats its anchor's whole tree: counts the expanded nodes, which a few nested anchors can explode. */
    private static void refuseAliasBombs(String source, Node root) {
        expand(source, root, new int[1], 0);
    }

    private static void refuseTag(String source, Node node) {
        if (!PLAIN_TAGS.contains(node.getTag())) {
            throw new ConfigNode(source, "", node)
                    .wrong("the tag " + node.getTag() + " is not allowed", "Write the value without a tag.");
        }
    }

    private static void expand(String source, Node node, int[] count, int depth) {
        if (++count[0] > 100_000 || depth > MAX_DEPTH) {
            throw new DeliveryException(
                    Code.CONFIG,
                    source + ": aliases expand to more than 100,000 values or nest deeper than " + MAX_DEPTH,
                    "Write the values out instead of using anchors.");
        }
        refuseTag(source, node);
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> expand(source, item, count, depth + 1));
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                expand(source, tuple.getKeyNode(), count, depth + 1);
                expand(source, tuple.getValueNode(), count, depth + 1);
            }
        }
    }

    private void addChild(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            throw new ConfigNode(source, path, tuple.getKeyNode()).wrong("a key must be a plain text");
        }
        String name = key.getValue();
        String childPath = path.isEmpty() ? name : path + "." + name;
        keys.put(name, new ConfigNode(source, path, key));
        if (children.put(name, new ConfigNode(source, childPath, tuple.getValueNode())) != null) {
            throw keys.get(name).wrong("the key '" + name + "' stands here a second time");
        }
    }

    /** Where this value stands: {@code file:line:column}, both counted from 1. */
    public String where() {
        var mark = node.getStartMark();
        return source + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    /** The dotted path of keys from the root, such as {@code rules[2].metric}; empty for the root. */
    public String path() {
        return path;
    }

    /** The failure "this value is wrong" with its place; {@code problem} completes the sentence. */
    public DeliveryException wrong(String problem) {
        return wrong(problem, "Correct this value; docs/reference describes the file.");
    }

    /** As {@link #wrong(String)}, with advice of your own. */
    public DeliveryException wrong(String problem, String advice) {
        String at = path.isEmpty() ? "" : path + ": ";
        return new DeliveryException(Code.CONFIG, where() + ": " + at + problem, advice);
    }

    public boolean isMap() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    public boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    /** The keys of a map, in file order. */
    public Set<String> keys() {
        return requireMap().children.keySet();
    }

    /** The child with this key; empty when the key is absent or its value is null. */
    public Optional<ConfigNode> find(String key) {
        return Optional.ofNullable(requireMap().children.get(key)).filter(child -> !child.isNull());
    }

    /** The child with this key, which must be there. */
    public ConfigNode get(String key) {
        return find(key).orElseThrow(() -> wrong("the key '" + key + "' is missing", "Add '" + key + ":' here."));
    }

    /** The items of a list. */
    public List<ConfigNode> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("expected a list");
        }
        List<ConfigNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new ConfigNode(source, path + "[" + items.size() + "]", item));
        }
        return List.copyOf(items);
    }

    /** Fails when this map holds a key that is not among {@code known}, and names the nearest known ones. */
    public ConfigNode rejectUnknownKeys(String... known) {
        for (Map.Entry<String, ConfigNode> key : requireMap().keys.entrySet()) {
            if (!List.of(known).contains(key.getKey())) {
                throw key.getValue().wrong("unknown key '" + key.getKey() + "'", advice(key.getKey(), known));
            }
        }
        return this;
    }

    private static String advice(String key, String... known) {
        List<String> near = Nearest.to(key, List.of(known));
        return near.isEmpty()
                ? "Known keys: " + String.join(", ", new TreeSet<>(List.of(known))) + "."
                : "Did you mean " + String.join(" or ", near) + "?";
    }

    public String text() {
        return scalar("a text");
    }

    public double number() {
        String text = scalar("a number");
        try {
            return numberOf(text);
        } catch (NumberFormatException e) {
            throw wrong("expected a number, got '" + text + "'");
        }
    }

    private static double numberOf(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            default -> {
                double value = Double.parseDouble(text.replace("_", ""));
                if (Double.isNaN(value) || text.endsWith("d") || text.endsWith("f")) {
                    throw new NumberFormatException(text);
                }
                yield value;
            }
        };
    }

    public long integer() {
        String text = scalar("a whole number");
        try {
            return Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw wrong("expected a whole number, got '" + text + "'");
        }
    }

    public boolean bool() {
        String text = scalar("true or false");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw wrong("expected true or false, got '" + text + "'");
        };
    }

    /** A length of time such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h} or {@code 1d}. */
    public Duration duration() {
        String text = scalar("a duration");
        Matcher matcher = DURATION.matcher(text.trim());
        if (!matcher.matches()) {
            throw wrong(
                    "expected a duration, got '" + text + "'", "Write a number and a unit: 500ms, 30s, 5m, 2h, 1d.");
        }
        double unit = switch (matcher.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
        return Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * unit));
    }

    /** One of an enum's constants, written in lower case with hyphens (or as the constant is named). */
    public <E extends Enum<E>> E choice(Class<E> type) {
        String text = scalar("one of " + names(type));
        for (E constant : type.getEnumConstants()) {
            if (nameOf(constant).equalsIgnoreCase(text.replace('_', '-'))) {
                return constant;
            }
        }
        throw wrong("'" + text + "' is not known", "Use one of " + names(type) + ".");
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            names.add(nameOf(constant));
        }
        return String.join(", ", names);
    }

    public Optional<String> findText(String key) {
        return find(key).map(ConfigNode::text);
    }

    public OptionalDouble findNumber(String key) {
        return find(key).map(child -> OptionalDouble.of(child.number())).orElseGet(OptionalDouble::empty);
    }

    public OptionalLong findInteger(String key) {
        return find(key).map(child -> OptionalLong.of(child.integer())).orElseGet(OptionalLong::empty);
    }

    public Optional<Duration> findDuration(String key) {
        return find(key).map(ConfigNode::duration);
    }

    public Optional<Boolean> findBool(String key) {
        return find(key).map(ConfigNode::bool);
    }

    private String scalar(String expected) {
        if (node instanceof ScalarNode scalar && !isNull()) {
            return scalar.getValue();
        }
        throw wrong("expected " + expected);
    }

    private ConfigNode requireMap() {
        if (!isMap()) {
            throw wrong("expected keys and values");
        }
        return this;
    }
}
