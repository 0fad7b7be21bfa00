package io.jenkins.plugins.mldelivery.drift;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads an argument that is a map, or a text of one {@code KEY=VALUE} a line. */
final class SparkSettings {
    private SparkSettings() {}

    static LinkedHashMap<String, String> of(String argument, Object value) {
        LinkedHashMap<String, String> settings = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> settings.put(String.valueOf(key), String.valueOf(each)));
        } else if (value instanceof CharSequence) {
            value.toString().lines().filter(line -> !line.isBlank()).forEach(line -> add(argument, line, settings));
        } else if (value != null) {
            throw new IllegalArgumentException(argument + ": expected a map or a text, got "
                    + value.getClass().getSimpleName());
        }
        return settings;
    }

    private static void add(String argument, String line, Map<String, String> settings) {
        int equals = line.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(
                    argument + ": '" + line.strip() + "' is no KEY=VALUE; write spark.executor.memory=8g");
        }
        settings.put(
                line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
}
