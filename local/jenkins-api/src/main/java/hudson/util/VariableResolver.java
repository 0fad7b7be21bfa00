package hudson.util;

/** Resolves a name to a value, or null when there is none. */
public interface VariableResolver<V> {
    V resolve(String name);

    /** Reads a map. */
    final class ByMap<V> implements VariableResolver<V> {
        private final java.util.Map<String, V> data;

        public ByMap(java.util.Map<String, V> data) {
            this.data = data;
        }

        @Override
        public V resolve(String name) {
            return data.get(name);
        }
    }
}
