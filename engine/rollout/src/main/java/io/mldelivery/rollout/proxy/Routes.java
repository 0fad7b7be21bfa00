package io.mldelivery.rollout.proxy;

import java.io.StringReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Which version's server gets which share of the requests. As text these are Java properties: {@code port.<version>} and
 * {@code weight.<version>} for each version; weights sum to 100, or there is no version at all.
 */
public record Routes(List<Backend> backends) {
    /** No version serves: every request is answered with 503. */
    public static final Routes NONE = new Routes(List.of());

    /**
     * A version's server on this machine.
     *
     * @param weight percent of the requests, 0 to 100
     */
    public record Backend(String version, int port, int weight) {}

    public Routes {
        backends = List.copyOf(backends);
        int sum = backends.stream().mapToInt(Backend::weight).sum();
        if (!backends.isEmpty() && sum != 100) {
            throw new IllegalArgumentException("weights sum to " + sum + ", not to 100");
        }
        if (backends.stream().anyMatch(backend -> backend.weight() < 0)) {
            throw new IllegalArgumentException("a weight is negative");
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
        return new Routes(backends);
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
            text.append("port.").append(backend.version()).append('=').append(backend.port()).append('\n');
            text.append("weight.").append(backend.version()).append('=').append(backend.weight()).append('\n');
        }
        return text.toString();
    }

    /** A version's share in percent; 0 when it is not known. */
    public int weightOf(String version) {
        return backends.stream().filter(backend -> backend.version().equals(version)).mapToInt(Backend::weight).sum();
    }
}
