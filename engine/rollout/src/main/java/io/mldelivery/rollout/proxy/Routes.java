package io.mldelivery.rollout.proxy;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Which version's server gets which requests. As text these are Java properties: {@code port.<version>} and
 * {@code weight.<version>} for each version; weights sum to 100, or there is no version at all. {@code mirror.version} and
 * {@code mirror.percent} name a version that gets copies; {@code assign.version}, {@code assign.by}, {@code assign.name} and
 * {@code assign.value} name one whose requests are chosen by what they carry.
 */
public record Routes(List<Backend> backends, Optional<Mirror> mirror, Optional<Rule> rule) {
    /** No version serves: every request is answered with 503. */
    public static final Routes NONE = new Routes(List.of());

    /**
     * A version's server on this machine.
     *
     * @param weight percent of the requests, 0 to 100
     */
    public record Backend(String version, int port, int weight) {}

    /** This percentage of the requests is copied to a version, whose answers are compared and thrown away. */
    public record Mirror(String version, int percent) {}

    /**
     * Who gets a version.
     *
     * @param by {@code header}, {@code cookie} or {@code hash}
     * @param value what header or cookie must be; for a hash, the version gets its weight in percent of the header's values
     */
    public record Rule(String version, String by, String name, String value) {}

    /** Routes by weights alone. */
    public Routes(List<Backend> backends) {
        this(backends, Optional.empty(), Optional.empty());
    }

    public Routes {
        backends = List.copyOf(backends);
        int sum = backends.stream().mapToInt(Backend::weight).sum();
        if (!backends.isEmpty() && sum != 100) {
            throw new IllegalArgumentException("weights sum to " + sum + ", not to 100");
        }
        if (backends.stream().anyMatch(backend -> backend.weight() < 0)) {
            throw new IllegalArgumentException("a weight is negative");
        }
        if (mirror.isPresent()
                && backends.stream()
                        .noneMatch(
                                backend -> backend.version().equals(mirror.get().version()))) {
            throw new IllegalArgumentException("the mirror's version has no server");
        }
    }

    /** Reads what {@link #text} wrote. */
    public static Routes parse(String text) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Backend> backends = new ArrayList<>();
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (key.startsWith("port.")) {
                String version = key.substring("port.".length());
                backends.add(new Backend(version, number(properties, key), number(properties, "weight." + version)));
            }
        }
        return new Routes(backends, mirror(properties), rule(properties));
    }

    private static Optional<Mirror> mirror(Properties properties) {
        return Optional.ofNullable(properties.getProperty("mirror.version"))
                .map(version -> new Mirror(version, number(properties, "mirror.percent")));
    }

    private static Optional<Rule> rule(Properties properties) {
        return Optional.ofNullable(properties.getProperty("assign.version"))
                .map(version -> new Rule(
                        version,
                        properties.getProperty("assign.by", ""),
                        properties.getProperty("assign.name", ""),
                        properties.getProperty("assign.value", "")));
    }

    private static int number(Properties properties, String key) {
        String value = properties.getProperty(key, "").trim();
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is '" + value + "', not a whole number", e);
        }
    }

    public String text() {
        var text = new StringBuilder();
        for (Backend backend : backends) {
            text.append("port.")
                    .append(backend.version())
                    .append('=')
                    .append(backend.port())
                    .append('\n');
            text.append("weight.")
                    .append(backend.version())
                    .append('=')
                    .append(backend.weight())
                    .append('\n');
        }
        mirror.ifPresent(one -> text.append("mirror.version=")
                .append(one.version())
                .append("\nmirror.percent=")
                .append(one.percent())
                .append('\n'));
        rule.ifPresent(one -> text.append("assign.version=")
                .append(one.version())
                .append("\nassign.by=")
                .append(one.by())
                .append("\nassign.name=")
                .append(escaped(one.name()))
                .append("\nassign.value=")
                .append(escaped(one.value()))
                .append('\n'));
        return text.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    /** A version's share in percent; 0 when it is not known. */
    public int weightOf(String version) {
        return backends.stream()
                .filter(backend -> backend.version().equals(version))
                .mapToInt(Backend::weight)
                .sum();
    }

    Optional<Backend> backend(String version) {
        return backends.stream()
                .filter(backend -> backend.version().equals(version))
                .findFirst();
    }
}
