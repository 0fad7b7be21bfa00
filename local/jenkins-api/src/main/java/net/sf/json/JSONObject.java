package net.sf.json;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The JSON of a submitted form: names with text, numbers, booleans, objects. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class JSONObject extends AbstractJSON implements Map<String, Object>, Comparable<Object> {
    private static final long serialVersionUID = 1L;
    private final LinkedHashMap<String, Object> properties = new LinkedHashMap<>();

    @Override
    public boolean isArray() {
        return false;
    }

    public boolean has(String key) {
        return properties.containsKey(key);
    }

    public String getString(String key) {
        return required(key).toString();
    }

    public String optString(String key) {
        return optString(key, "");
    }

    public String optString(String key, String defaultValue) {
        Object value = properties.get(key);
        return value == null ? defaultValue : value.toString();
    }

    public boolean getBoolean(String key) {
        return Boolean.parseBoolean(getString(key));
    }

    public boolean optBoolean(String key) {
        return optBoolean(key, false);
    }

    public boolean optBoolean(String key, boolean defaultValue) {
        return has(key) ? getBoolean(key) : defaultValue;
    }

    public int getInt(String key) {
        return Integer.parseInt(getString(key));
    }

    public JSONObject getJSONObject(String key) {
        return (JSONObject) required(key);
    }

    private Object required(String key) {
        Object value = properties.get(key);
        if (value == null) {
            throw new IllegalArgumentException("JSONObject[\"" + key + "\"] not found.");
        }
        return value;
    }

    @Override
    public int size() {
        return properties.size();
    }

    @Override
    public boolean isEmpty() {
        return properties.isEmpty();
    }

    @Override
    public boolean containsKey(Object key) {
        return properties.containsKey(key);
    }

    @Override
    public boolean containsValue(Object value) {
        return properties.containsValue(value);
    }

    @Override
    public Object get(Object key) {
        return properties.get(key);
    }

    @Override
    public Object put(String key, Object value) {
        return properties.put(key, value);
    }

    @Override
    public Object remove(Object key) {
        return properties.remove(key);
    }

    @Override
    public void putAll(Map m) {
        properties.putAll(m);
    }

    @Override
    public void clear() {
        properties.clear();
    }

    @Override
    public Set<String> keySet() {
        return properties.keySet();
    }

    @Override
    public Collection values() {
        return properties.values();
    }

    @Override
    public Set entrySet() {
        return properties.entrySet();
    }

    @Override
    public int compareTo(Object other) {
        return other instanceof JSONObject that ? Integer.compare(size(), that.size()) : -1;
    }

    @Override
    public String toString(int indentFactor) {
        return toString();
    }

    @Override
    public String toString() {
        return properties.toString();
    }
}
