package io.mldelivery.runner.script;

import com.cloudbees.groovy.cps.Continuable;
import java.io.Serializable;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * A Groovy category: loops of transformed code get iterators that can be saved, as Jenkins' pipeline-groovy does it.
 * The iterators of java.util cannot be serialized.
 */
public final class SerializableIterators {
    /** The categories that a program runs under: those of groovy-cps and this one. */
    @SuppressWarnings("rawtypes")
    public static final List<Class> CATEGORIES = categories();

    private SerializableIterators() {}

    @SuppressWarnings("rawtypes")
    private static List<Class> categories() {
        List<Class> all = new ArrayList<>(Continuable.categories);
        all.add(SerializableIterators.class);
        return List.copyOf(all);
    }

    /** Over a snapshot of the list. */
    public static <E> Iterator<E> iterator(List<E> list) {
        return new Snapshot<>(list);
    }

    /** Over a snapshot of the set. */
    public static <E> Iterator<E> iterator(Set<E> set) {
        return new Snapshot<>(set);
    }

    /** Over the elements of the array. */
    public static <E> Iterator<E> iterator(E[] array) {
        return new Snapshot<>(Arrays.asList(array));
    }

    /** Over copies of the entries. */
    public static <K, V> Iterator<Map.Entry<K, V>> iterator(Map<K, V> map) {
        return new Snapshot<>(entrySet(map));
    }

    /** Copies of the entries in the map's order. */
    public static <K, V> Set<Map.Entry<K, V>> entrySet(Map<K, V> map) {
        Set<Map.Entry<K, V>> entries = new LinkedHashSet<>();
        map.forEach((key, value) -> entries.add(new SimpleImmutableEntry<>(key, value)));
        return entries;
    }

    /** A copy of the keys in the map's order. */
    public static <K, V> Set<K> keySet(Map<K, V> map) {
        return new LinkedHashSet<>(map.keySet());
    }

    /** A copy of the values in the map's order. */
    public static <K, V> Collection<V> values(Map<K, V> map) {
        return new ArrayList<>(map.values());
    }

    private static final class Snapshot<E> implements Iterator<E>, Serializable {
        private static final long serialVersionUID = 1L;

        private final ArrayList<E> elements;
        private int next;

        Snapshot(Collection<E> elements) {
            this.elements = new ArrayList<>(elements);
        }

        @Override
        public boolean hasNext() {
            return next < elements.size();
        }

        @Override
        public E next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return elements.get(next++);
        }
    }
}
