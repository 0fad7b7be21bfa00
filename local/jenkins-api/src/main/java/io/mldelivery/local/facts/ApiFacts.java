package io.mldelivery.local.facts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The list of classes, methods and fields of Jenkins that plugins may link to, with the component and version each was read from. Text, one
 * fact a line, so that a change shows in review.
 */
final class ApiFacts {
    static final String RESOURCE = "api-facts.txt";

    private final Map<String, Type> types = new LinkedHashMap<>();
    private final Map<String, String> components = new TreeMap<>();

    /** The list that this build was made with. */
    static ApiFacts current() {
        try (InputStream in = ApiFacts.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ApiFacts parse(String text) {
        ApiFacts facts = new ApiFacts();
        FactLines.parse(text, facts);
        return facts;
    }

    void add(String component, Type type) {
        types.put(type.name(), type);
        components.put(type.name(), component);
    }

    Optional<Type> type(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** Component and version, such as "jenkins-core 2.541.3". */
    String component(String type) {
        return components.get(type);
    }

    List<Type> types() {
        return List.copyOf(types.values());
    }
}
