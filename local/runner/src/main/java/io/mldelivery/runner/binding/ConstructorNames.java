package io.mldelivery.runner.binding;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The parameter names of a data-bound constructor, from the {@code .stapler} file that the plugin's build writes. */
final class ConstructorNames {
    private ConstructorNames() {}

    static List<String> of(Class<?> type, Constructor<?> constructor) {
        if (constructor.getParameterCount() == 0) {
            return List.of();
        }
        List<String> names = fromFile(type);
        if (names.size() == constructor.getParameterCount()) {
            return names;
        }
        return fromClass(type, constructor);
    }

    private static List<String> fromFile(Class<?> type) {
        String name = type.getName().replace('.', '/').replace('$', '/') + ".stapler";
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                return List.of();
            }
            var properties = new Properties();
            properties.load(in);
            return List.of(properties.getProperty("constructor", "").split(","));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + name, e);
        }
    }

    private static List<String> fromClass(Class<?> type, Constructor<?> constructor) {
        List<String> names = new ArrayList<>();
        for (Parameter parameter : constructor.getParameters()) {
            if (!parameter.isNamePresent()) {
                throw new IllegalStateException("No .stapler file with the constructor of " + type.getName());
            }
            names.add(parameter.getName());
        }
        return names;
    }
}
