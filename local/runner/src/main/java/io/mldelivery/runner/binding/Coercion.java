package io.mldelivery.runner.binding;

import hudson.model.Result;
import hudson.util.Secret;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.reflection.ReflectionCache;

/** Turns a value of a script into the type of a parameter. */
final class Coercion {
    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            int.class, Integer.class,
            long.class, Long.class,
            double.class, Double.class,
            float.class, Float.class,
            boolean.class, Boolean.class,
            short.class, Short.class,
            byte.class, Byte.class,
            char.class, Character.class);

    private final String context;
    private final Symbols symbols;

    Coercion(String context, Symbols symbols) {
        this.context = context;
        this.symbols = symbols;
    }

    /** What a parameter gets that has no argument: null, or the default of a primitive type. */
    static Object absent(Type type) {
        return type instanceof Class<?> primitive && primitive.isPrimitive()
                ? Array.get(Array.newInstance(primitive, 1), 0)
                : null;
    }

    Object to(Type type, Object given) throws Exception {
        Class<?> erased = erasure(type);
        Object value =
                type instanceof Class ? ReflectionCache.getCachedClass(erased).coerceArgument(given) : given;
        if (value instanceof List<?> list && Collection.class.isAssignableFrom(erased)) {
            return collection(erased, element(type), list);
        }
        if (value == null || boxed(erased).isInstance(value)) {
            return value;
        }
        if (value instanceof SymbolCall call) {
            return nested(symbols.bySymbol(erased, call.getSymbol()), call.getArguments());
        }
        if (value instanceof Map<?, ?> map) {
            return describable(erased, map);
        }
        if (value instanceof String text) {
            return fromText(erased, type, text);
        }
        if (value instanceof List<?> list && erased.isArray()) {
            return array(erased.getComponentType(), list);
        }
        throw mismatch(type, value);
    }

    private ClassCastException mismatch(Type type, Object value) {
        return new ClassCastException(context + " expects " + type + " but received " + value.getClass());
    }

    private Object collection(Class<?> erased, Type element, List<?> list) throws Exception {
        List<Object> values = elements(element, list);
        return Set.class.isAssignableFrom(erased) ? new LinkedHashSet<>(values) : values;
    }

    private List<Object> elements(Type element, List<?> list) throws Exception {
        List<Object> values = new ArrayList<>();
        for (Object each : list) {
            values.add(to(element, each));
        }
        return values;
    }

    private Object array(Class<?> component, List<?> list) throws Exception {
        Object array = Array.newInstance(component, list.size());
        int index = 0;
        for (Object each : elements(component, list)) {
            Array.set(array, index++, each);
        }
        return array;
    }

    private Object describable(Class<?> erased, Map<?, ?> map) throws Exception {
        Map<String, Object> arguments = new LinkedHashMap<>();
        map.forEach((key, value) -> arguments.put(String.valueOf(key), value));
        Object name = arguments.remove(DescribableModel.CLASS_KEY);
        return nested(name == null ? erased : symbols.byClassName(erased, name.toString()), arguments);
    }

    private Object nested(Class<?> type, Map<String, Object> arguments) throws Exception {
        return DescribableModel.of(type).instantiate(arguments, symbols);
    }

    private Object fromText(Class<?> erased, Type type, String text) throws Exception {
        if (erased.isEnum()) {
            return constant(erased, text);
        }
        if (erased == URL.class) {
            return URI.create(text).toURL();
        }
        if (erased == Secret.class) {
            return Secret.fromString(text);
        }
        if (erased == Result.class) {
            return Result.fromString(text);
        }
        if (boxed(erased) == Character.class && text.length() == 1) {
            return text.charAt(0);
        }
        if (boxed(erased) == Boolean.class) {
            return Boolean.valueOf(text);
        }
        if (Number.class.isAssignableFrom(boxed(erased))) {
            return number(boxed(erased), text);
        }
        throw mismatch(type, text);
    }

    private Object constant(Class<?> type, String text) {
        Set<String> known = new TreeSet<>();
        for (Object each : type.getEnumConstants()) {
            if (((Enum<?>) each).name().equals(text)) {
                return each;
            }
            known.add(((Enum<?>) each).name());
        }
        throw new IllegalArgumentException(
                "No enum constant " + type.getCanonicalName() + "." + text + Nearest.hint(List.of(text), known));
    }

    private Object number(Class<?> type, String text) throws ReflectiveOperationException {
        try {
            return type.getMethod("valueOf", String.class).invoke(null, text);
        } catch (InvocationTargetException e) {
            throw new ClassCastException(context + " expects " + type
                    + " but was unable to coerce the received value \"" + text + "\" to that type");
        }
    }

    private static Class<?> boxed(Class<?> type) {
        return BOXES.getOrDefault(type, type);
    }

    private static Type element(Type type) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
    }

    static Class<?> erasure(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        if (type instanceof WildcardType wildcard) {
            return erasure(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(erasure(array.getGenericComponentType()), 0)
                    .getClass();
        }
        return Object.class;
    }
}
