package io.mldelivery.runner.binding;

import hudson.model.PasswordParameterDefinition;
import hudson.util.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The parameters of a describable class: those of its data-bound constructor, then its data-bound setters. */
public final class DescribableModel {
    /** The key that names the class of a nested object. */
    public static final String CLASS_KEY = "$class";

    /** The key of a single argument without a name. */
    public static final String ANONYMOUS_KEY = "<anonymous>";

    private static final Map<Class<?>, DescribableModel> MODELS = new ConcurrentHashMap<>();

    private final Class<?> type;
    private final Constructor<?> constructor;
    private final List<String> required;
    private final Map<String, PropertySetter> setters = new LinkedHashMap<>();

    private DescribableModel(Class<?> type) {
        this.type = type;
        this.constructor = findConstructor(type);
        this.required = constructor == null ? List.of() : ConstructorNames.of(type, constructor);
        collectSetters(type);
    }

    /** The model of a class; it is made once. */
    public static DescribableModel of(Class<?> type) {
        return MODELS.computeIfAbsent(type, DescribableModel::new);
    }

    private static Constructor<?> findConstructor(Class<?> type) {
        for (Constructor<?> candidate : type.getConstructors()) {
            if (candidate.isAnnotationPresent(DataBoundConstructor.class)) {
                return candidate;
            }
        }
        return null;
    }

    private void collectSetters(Class<?> declaring) {
        if (declaring == null || declaring == Object.class) {
            return;
        }
        collectSetters(declaring.getSuperclass());
        for (Field field : declaring.getDeclaredFields()) {
            if (field.isAnnotationPresent(DataBoundSetter.class)) {
                setters.put(field.getName(), PropertySetter.of(field));
            }
        }
        for (Method method : declaring.getDeclaredMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)
                    && method.getName().startsWith("set")) {
                setters.put(propertyOf(method), PropertySetter.of(method));
            }
        }
    }

    private static String propertyOf(Method setter) {
        return Character.toLowerCase(setter.getName().charAt(3))
                + setter.getName().substring(4);
    }

    /** The name under which a single argument without a name is taken, or null where there is none. */
    public String soleParameter() {
        return required.size() == 1 ? required.get(0) : null;
    }

    /** Whether the class has one parameter and it is required. */
    public boolean hasOnlyOneParameter() {
        return required.size() == 1 && setters.isEmpty();
    }

    private Set<String> parameters() {
        Set<String> names = new TreeSet<>(required);
        names.addAll(setters.keySet());
        return names;
    }

    /**
     * Makes the object.
     *
     * @throws IllegalArgumentException for an argument that the class does not have or of a type that does not fit
     */
    public Object instantiate(Map<String, ?> arguments, Symbols symbols) throws Exception {
        if (constructor == null) {
            throw new IllegalArgumentException("There's no @DataBoundConstructor on any constructor of " + type);
        }
        Map<String, Object> rest = new LinkedHashMap<>();
        named(arguments).forEach((name, value) -> rest.put(aliases().getOrDefault(name, name), value));
        warnOfUnknown(rest, symbols);
        try {
            Object made = construct(rest, symbols);
            for (Map.Entry<String, PropertySetter> setter : setters.entrySet()) {
                if (rest.containsKey(setter.getKey())) {
                    setter.getValue()
                            .set(made, coerce(setter.getKey(), setter.getValue().type(), rest, symbols));
                }
            }
            return made;
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    "Could not instantiate " + shown(rest) + " for " + type.getName() + ": " + e, e);
        }
    }

    /** Arguments as they may appear in a log. */
    private static String shown(Map<String, ?> arguments) {
        boolean secret = arguments.values().stream().anyMatch(Secret.class::isInstance);
        return secret ? "arguments" : arguments.toString();
    }

    /** An object of a kind from what a script wrote: the object itself, a call of a symbol, or a map with a class. */
    public static Object nested(Class<?> kind, Object value, Symbols symbols) throws Exception {
        return new Coercion(kind.getName(), symbols).to(kind, value);
    }

    private Map<String, ?> named(Map<String, ?> arguments) {
        if (!arguments.containsKey(ANONYMOUS_KEY)) {
            return arguments;
        }
        if (soleParameter() == null) {
            throw new IllegalArgumentException("Arguments to " + type + " have to be explicitly named");
        }
        Map<String, Object> named = new LinkedHashMap<>();
        named.put(soleParameter(), arguments.get(ANONYMOUS_KEY));
        return named;
    }

    /** As in Jenkins an unknown argument is told, not refused. */
    private void warnOfUnknown(Map<String, Object> arguments, Symbols symbols) {
        Set<String> unknown = new TreeSet<>(arguments.keySet());
        unknown.removeAll(parameters());
        if (!unknown.isEmpty()) {
            symbols.warn("WARNING: Unknown parameter(s) found for class type '" + type.getName() + "': "
                    + String.join(",", unknown));
        }
    }

    /** Names that Jenkins takes for other ones, and those. */
    private Map<String, String> aliases() {
        return type == PasswordParameterDefinition.class ? Map.of("defaultValue", "defaultValueAsSecret") : Map.of();
    }

    /** Names of all parameters, sorted. */
    public Set<String> names() {
        Set<String> names = parameters();
        names.addAll(aliases().keySet());
        return names;
    }

    /** Names of the parameters that must be given. */
    public List<String> required() {
        return required;
    }

    /** The class of a parameter; null for one that there is not. */
    public Class<?> typeOf(String parameter) {
        int index = required.indexOf(parameter);
        if (index >= 0) {
            return constructor.getParameterTypes()[index];
        }
        PropertySetter setter = setters.get(parameter);
        return setter == null ? null : Coercion.erasure(setter.type());
    }

    private Object construct(Map<String, Object> arguments, Symbols symbols) throws Exception {
        Type[] types = constructor.getGenericParameterTypes();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < required.size(); i++) {
            values.add(
                    arguments.get(required.get(i)) == null
                            ? Coercion.absent(types[i])
                            : coerce(required.get(i), types[i], arguments, symbols));
        }
        try {
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            throw withoutError(e);
        }
    }

    /** The exception itself, unless an error caused it, which goes on. */
    static Exception withoutError(InvocationTargetException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e;
    }

    private Object coerce(String name, Type target, Map<String, Object> arguments, Symbols symbols) throws Exception {
        return new Coercion(type.getName() + "." + name, symbols).to(target, arguments.get(name));
    }
}
