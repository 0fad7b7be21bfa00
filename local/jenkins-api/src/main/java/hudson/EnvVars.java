package hudson;

import hudson.util.CaseInsensitiveComparator;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Environment variables of a process or a build, case-insensitive in look-up. {@code PATH+NAME=dir} in {@link #override} puts dir
 * in front of PATH; a null or empty override removes the variable.
 */
public class EnvVars extends TreeMap<String, String> {
    private static final long serialVersionUID = 4320331661987259022L;

    /** The environment of this JVM when it started; unmodifiable. */
    public static final Map<String, String> masterEnvVars = Collections.unmodifiableMap(new EnvVars(System.getenv()));

    public EnvVars() {
        super(CaseInsensitiveComparator.INSTANCE);
    }

    public EnvVars(Map<String, String> m) {
        this();
        putAll(m);
    }

    public EnvVars(EnvVars m) {
        this((Map<String, String>) m);
    }

    public EnvVars(String... keyValuePairs) {
        this();
        if (keyValuePairs.length % 2 != 0) {
            throw new IllegalArgumentException("keys and values must come in pairs, got " + keyValuePairs.length);
        }
        for (int i = 0; i < keyValuePairs.length; i += 2) {
            put(keyValuePairs[i], keyValuePairs[i + 1]);
        }
    }

    public void override(String key, String value) {
        if (value == null || value.isEmpty()) {
            remove(key);
            return;
        }
        int plus = key.indexOf('+');
        if (plus > 0) {
            String real = key.substring(0, plus);
            String before = get(real);
            put(real, before == null ? value : value + File.pathSeparatorChar + before);
        } else {
            put(key, value);
        }
    }

    public EnvVars overrideAll(Map<String, String> all) {
        all.forEach(this::override);
        return this;
    }

    /** Like {@link #overrideAll}, with references among the new values expanded first, referenced variables before referring ones. */
    public EnvVars overrideExpandingAll(Map<String, String> all) {
        for (String key : inOrderOfReference(all)) {
            override(key, expand(all.get(key)));
        }
        return this;
    }

    private static List<String> inOrderOfReference(Map<String, String> all) {
        List<String> order = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String key : all.keySet()) {
            visit(key, all, seen, order);
        }
        return order;
    }

    private static void visit(String key, Map<String, String> all, Set<String> seen, List<String> order) {
        if (!seen.add(key)) {
            return;
        }
        for (String other : all.keySet()) {
            if (!other.equals(key) && refersTo(all.get(key), other)) {
                visit(other, all, seen, order);
            }
        }
        order.add(key);
    }

    private static boolean refersTo(String value, String name) {
        return value != null && (value.contains("${" + name + "}") || value.contains("$" + name));
    }

    /** Expands references between the variables of this map in place; a cycle keeps its reference. */
    public static void resolve(Map<String, String> env) {
        for (Map.Entry<String, String> entry : env.entrySet()) {
            Map<String, String> others = new LinkedHashMap<>(env);
            others.remove(entry.getKey());
            entry.setValue(Util.replaceMacro(entry.getValue(), others));
        }
    }

    public String get(String key, String defaultValue) {
        String value = get(key);
        return value == null ? defaultValue : value;
    }

    @Override
    public String put(String key, String value) {
        if (value == null) {
            throw new IllegalArgumentException("Null value not allowed as an environment variable: " + key);
        }
        return super.put(key, value);
    }

    public void putIfNotNull(String key, String value) {
        if (value != null) {
            put(key, value);
        }
    }

    public void putAllNonNull(Map<String, String> map) {
        map.forEach(this::putIfNotNull);
    }

    public void addLine(String line) {
        int sep = line.indexOf('=');
        if (sep > 0) {
            put(line.substring(0, sep), line.substring(sep + 1));
        }
    }

    public String expand(String s) {
        return Util.replaceMacro(s, this);
    }

    public static EnvVars createCookie() {
        return new EnvVars("HUDSON_COOKIE", UUID.randomUUID().toString());
    }
}
