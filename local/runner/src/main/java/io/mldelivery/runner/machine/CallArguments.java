package io.mldelivery.runner.machine;

import groovy.lang.Closure;
import groovy.lang.GString;
import io.mldelivery.runner.binding.DescribableModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments of a step call as Groovy packs them, taken apart into names, values and the body. */
final class CallArguments {
    final Map<String, Object> named;
    final Closure<?> body;

    private CallArguments(Map<String, Object> named, Closure<?> body) {
        this.named = named;
        this.body = body;
    }

    /** Positional arguments are only allowed where one is the step's sole parameter. */
    static CallArguments parse(Object[] arguments, boolean takesBody, String soleParameter, boolean soleOnly) {
        int count = arguments.length;
        Closure<?> body = null;
        if (takesBody && count > 0 && arguments[count - 1] instanceof Closure<?> closure) {
            body = closure;
            count--;
        }
        return new CallArguments(named(arguments, count, soleParameter, soleOnly), body);
    }

    private static Map<String, Object> named(Object[] arguments, int count, String sole, boolean soleOnly) {
        if (count == 0) {
            return new LinkedHashMap<>();
        }
        if (count > 1) {
            throw new IllegalArgumentException("Expected named arguments but got " + List.of(arguments));
        }
        if (arguments[0] instanceof Map<?, ?> map && !isValueOf(map, sole, soleOnly)) {
            return flatMap(map);
        }
        if (sole == null) {
            throw new IllegalArgumentException("Expected named arguments but got " + flat(arguments[0]));
        }
        Map<String, Object> named = new LinkedHashMap<>();
        named.put(sole, flat(arguments[0]));
        return named;
    }

    /** A map is the single argument itself when the step has just that one and the map doesn't name it. */
    private static boolean isValueOf(Map<?, ?> map, String sole, boolean soleOnly) {
        return soleOnly && sole != null && !map.containsKey(sole) && !map.containsKey(DescribableModel.CLASS_KEY);
    }

    private static Map<String, Object> flatMap(Map<?, ?> map) {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), flat(value)));
        return named;
    }

    /** Turns Groovy strings into strings, also inside of lists and maps. */
    static Object flat(Object value) {
        if (value instanceof GString text) {
            return text.toString();
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(flat(each)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put(flat(key), flat(each)));
            return copy;
        }
        return value;
    }
}
