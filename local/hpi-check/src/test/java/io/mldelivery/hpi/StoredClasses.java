package io.mldelivery.hpi;

import hudson.FilePath.FileCallable;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.PersistentDescriptor;
import hudson.remoting.Callable;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/** The classes of our plugins whose objects Jenkins stores: in build.xml, in config.xml, in program.dat. */
final class StoredClasses {
    private static final String OURS = "io.jenkins.plugins.mldelivery.";

    private StoredClasses() {}

    static List<Class<?>> all() {
        Set<String> shown = shownOnly();
        return ours().filter(StoredClasses::stored)
                .filter(type -> !shown.contains(type.getName()))
                .toList();
    }

    /** Actions that a TransientActionFactory makes anew for every request are shown and never stored. */
    private static Set<String> shownOnly() {
        Set<String> names = new TreeSet<>();
        Hpi.IDS.forEach(id -> Hpi.of(id).ownJar().forEach((file, bytes) -> {
            if (file.endsWith(".class") && superName(bytes).equals("jenkins/model/TransientActionFactory")) {
                Bytecode.references(bytes).forEach(name -> names.add(name.replace('/', '.')));
            }
        }));
        return names;
    }

    private static String superName(byte[] bytes) {
        return String.valueOf(new ClassReader(bytes).getSuperName());
    }

    /** What travels to agents and back: there and in what is stored the same kinds of fields are allowed. */
    static List<Class<?>> sent() {
        return ours().filter(FileCallable.class::isAssignableFrom).toList();
    }

    /** Every class of the plugins that can have instances. */
    static Stream<Class<?>> ours() {
        return Hpi.IDS.stream()
                .flatMap(id -> Bytecode.all(Hpi.of(id).ownJar()).values().stream())
                .<Class<?>>map(type -> load(type.name().replace('/', '.')))
                .filter(type ->
                        !type.isInterface() && !Modifier.isAbstract(type.getModifiers()) && !type.isAnonymousClass());
    }

    static Class<?> load(String name) {
        try {
            return Class.forName(name, false, StoredClasses.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(OURS);
    }

    private static boolean stored(Class<?> type) {
        if (FileCallable.class.isAssignableFrom(type) || Callable.class.isAssignableFrom(type) || type.isEnum()) {
            return false;
        }
        if (Descriptor.class.isAssignableFrom(type)) {
            return PersistentDescriptor.class.isAssignableFrom(type);
        }
        return Stream.of(Serializable.class, Cause.class, Describable.class)
                        .anyMatch(kind -> kind.isAssignableFrom(type))
                || Action.class.isAssignableFrom(type) && !hudson.model.RootAction.class.isAssignableFrom(type);
    }

    /** The fields that are stored, those of our own super classes too. */
    static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> at = type; at != null && isOurs(at); at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields;
    }
}
