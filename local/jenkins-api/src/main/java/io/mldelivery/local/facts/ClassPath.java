package io.mldelivery.local.facts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Types by name: a plugin's own, those of the facts, and for all others those of a class loader. */
final class ClassPath {
    private final Map<String, Type> own;
    private final ApiFacts facts;
    private final ClassLoader others;
    private final Map<String, Optional<Type>> read = new HashMap<>();

    ClassPath(Map<String, Type> own, ApiFacts facts, ClassLoader others) {
        this.own = own;
        this.facts = facts;
        this.others = others;
    }

    Optional<Type> find(String name) {
        if (own.containsKey(name)) {
            return Optional.of(own.get(name));
        }
        Optional<Type> fact = facts.type(name);
        return fact.isPresent() || jenkins(name) ? fact : read.computeIfAbsent(name, this::load);
    }

    /** Whether the name belongs to Jenkins or one of its plugins, so that only facts count. */
    static boolean jenkins(String name) {
        boolean ours = name.startsWith("io/jenkins/plugins/mldelivery/");
        return !ours
                && (name.startsWith("hudson/")
                        || name.startsWith("jenkins/")
                        || name.startsWith("io/jenkins/")
                        || name.startsWith("org/jenkinsci/")
                        || name.startsWith("org/kohsuke/stapler/")
                        || name.startsWith("org/jvnet/hudson/")
                        || name.startsWith("com/cloudbees/")
                        || name.startsWith("net/sf/json/"));
    }

    /** The member where the JVM finds it: in the type, then in what it extends and implements. */
    Optional<Found> resolve(String owner, String key) {
        Optional<Type> type = find(owner);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Member member = type.get().members().get(key);
        if (member != null) {
            return Optional.of(new Found(type.get(), member));
        }
        return key.startsWith("<init>") ? Optional.empty() : inParents(type.get(), key);
    }

    private Optional<Found> inParents(Type type, String key) {
        for (String parent : type.parents()) {
            Optional<Found> found = resolve(parent, key);
            if (found.isPresent()) {
                return found;
            }
        }
        return type.has(org.objectweb.asm.Opcodes.ACC_INTERFACE) ? resolve("java/lang/Object", key) : Optional.empty();
    }

    private Optional<Type> load(String name) {
        try (InputStream in = others.getResourceAsStream(name + ".class")) {
            return in == null ? Optional.empty() : Optional.of(Type.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A member with the type that declares it. */
    record Found(Type owner, Member member) {}
}
