package io.mldelivery.hpi;

import com.thoughtworks.xstream.converters.reflection.PureJavaReflectionProvider;
import com.thoughtworks.xstream.converters.reflection.SunUnsafeReflectionProvider;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects with every stored field set, as XStream makes them: without a constructor. */
final class Samples {
    private static final PureJavaReflectionProvider PROVIDER = new SunUnsafeReflectionProvider();

    private Samples() {}

    static Object of(Class<?> type) {
        Object sample = PROVIDER.newInstance(concrete(type));
        for (Field field : StoredClasses.fields(sample.getClass())) {
            PROVIDER.writeField(
                    sample, field.getName(), value(field.getName(), field.getGenericType()), field.getDeclaringClass());
        }
        return sample;
    }

    private static Object value(String name, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return Map.class.isAssignableFrom((Class<?>) generic.getRawType())
                    ? new LinkedHashMap<>(Map.of(value(name, arguments[0]), value(name, arguments[1])))
                    : new ArrayList<>(List.of(value(name, arguments[0])));
        }
        return type instanceof WildcardType any ? value(name, any.getUpperBounds()[0]) : simple(name, (Class<?>) type);
    }

    private static Object simple(String name, Class<?> type) {
        if (type == String.class || type == Object.class) {
            return "a " + name;
        } else if (type == int.class || type == Integer.class) {
            return 7;
        } else if (type == long.class || type == Long.class) {
            return 7L;
        } else if (type == double.class || type == Double.class) {
            return 0.25;
        } else if (type == boolean.class || type == Boolean.class) {
            return true;
        } else if (type == byte[].class) {
            return new byte[] {1, 2, 3};
        } else if (type == Throwable.class) {
            return null;
        }
        return type.isEnum() ? type.getEnumConstants()[0] : of(type);
    }

    private static Class<?> concrete(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                ? type
                : StoredClasses.all().stream()
                        .filter(type::isAssignableFrom)
                        .findFirst()
                        .orElseThrow();
    }
}
