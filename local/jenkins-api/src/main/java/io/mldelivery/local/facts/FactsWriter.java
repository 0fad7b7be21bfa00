package io.mldelivery.local.facts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.objectweb.asm.Opcodes;

/**
 * Reads the facts anew from real components: {@code FactsWriter OUT.txt SLICE.jar COMPONENT:VERSION=JAR...}. For each public class of the
 * slice it takes the members that slice and component share, and every abstract or final method of the component, since a plugin's class
 * must implement the former and must not override the latter. A member of the slice that the component lacks is an error.
 */
public final class FactsWriter {
    private final Map<String, Type> real = new LinkedHashMap<>();
    private final Map<String, String> components = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final ApiFacts facts = new ApiFacts();

    private FactsWriter() {}

    public static void main(String[] args) throws IOException {
        FactsWriter writer = new FactsWriter();
        for (int i = 2; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            writer.readComponent(
                    args[i].substring(0, equals).replace(':', ' '), Path.of(args[i].substring(equals + 1)));
        }
        types(Path.of(args[1])).values().forEach(writer::take);
        if (!writer.problems.isEmpty()) {
            throw new IllegalStateException("the slice differs from Jenkins:\n" + String.join("\n", writer.problems));
        }
        Files.writeString(Path.of(args[0]), FactLines.write(writer.facts), StandardCharsets.UTF_8);
    }

    private void readComponent(String component, Path jar) throws IOException {
        types(jar).forEach((name, type) -> {
            real.putIfAbsent(name, type);
            components.putIfAbsent(name, component);
        });
    }

    private static Map<String, Type> types(Path jar) throws IOException {
        Map<String, Type> types = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        Type type = Type.read(in);
                        types.put(type.name(), type);
                    }
                }
            }
        }
        return types;
    }

    private void take(Type slice) {
        if (!slice.visible()
                || slice.name().startsWith("io/mldelivery/")
                || slice.name().endsWith("package-info")) {
            return;
        }
        Type component = real.get(slice.name());
        if (component == null) {
            problems.add(slice.name() + " does not exist");
            return;
        }
        facts.add(components.get(slice.name()), shared(slice, component));
    }

    private Type shared(Type slice, Type component) {
        Map<String, Member> members = new TreeMap<>();
        for (Member member : slice.members().values()) {
            if (member.visible()) {
                share(slice, component, member, members);
            }
        }
        for (Member member : component.members().values()) {
            boolean binding = member.method() && member.has(Opcodes.ACC_ABSTRACT | Opcodes.ACC_FINAL);
            if (binding && member.visible()) {
                members.put(member.key(), member);
            }
        }
        return new Type(
                component.access() & ~Opcodes.ACC_SUPER,
                component.name(),
                component.superName(),
                component.interfaces(),
                component.signature(),
                component.metaAnnotations(),
                members);
    }

    private void share(Type slice, Type component, Member member, Map<String, Member> members) {
        Member there = component.members().get(member.key());
        if (there != null) {
            members.put(member.key(), there);
        } else if (!inherited(component, member)) {
            problems.add(slice.name() + "." + member.name() + " " + member.descriptor() + " does not exist");
        }
    }

    /** The slice may declare what the component inherits: then the fact stands at the component's parent. */
    private boolean inherited(Type component, Member member) {
        if (member.name().equals("<init>")) {
            return false;
        }
        for (String parent : component.parents()) {
            Type type = real.get(parent);
            if (type != null && (type.members().containsKey(member.key()) || inherited(type, member))) {
                return true;
            }
        }
        return parentOfJdk(component, member);
    }

    private static boolean parentOfJdk(Type component, Member member) {
        return List.of("toString()Ljava/lang/String;", "hashCode()I", "equals(Ljava/lang/Object;)Z")
                .contains(member.key());
    }
}
