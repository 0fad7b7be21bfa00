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
 * Reads the facts anew from real components: {@code FactsWriter OUT.txt SLICE.jar COMPONENT:VERSION=JAR...}; with {@code --check} before these
 * it writes nothing and fails when the file says something else than the components. For each public class of the
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
        boolean check = args[0].equals("--check");
        List<String> given = List.of(args).subList(check ? 1 : 0, args.length);
        Path file = Path.of(given.get(0));
        String facts = read(Path.of(given.get(1)), given.subList(2, given.size()));
        if (check) {
            compare(Files.readString(file, StandardCharsets.UTF_8), facts);
        } else {
            Files.writeString(file, facts, StandardCharsets.UTF_8);
        }
    }

    private static String read(Path slice, List<String> jars) throws IOException {
        FactsWriter writer = new FactsWriter();
        for (String jar : jars) {
            int equals = jar.indexOf('=');
            writer.readComponent(jar.substring(0, equals).replace(':', ' '), Path.of(jar.substring(equals + 1)));
        }
        types(slice).values().forEach(writer::take);
        if (!writer.problems.isEmpty()) {
            throw new IllegalStateException("the slice differs from Jenkins:\n" + String.join("\n", writer.problems));
        }
        return FactLines.write(writer.facts);
    }

    private static void compare(String recorded, String real) {
        List<String> wrong = new ArrayList<>(recorded.lines().toList());
        real.lines().forEach(wrong::remove);
        List<String> missing = new ArrayList<>(real.lines().toList());
        recorded.lines().forEach(missing::remove);
        if (!wrong.isEmpty() || !missing.isEmpty()) {
            throw new IllegalStateException("the facts differ from Jenkins\nrecorded, but not so:\n"
                    + String.join("\n", wrong) + "\nso, but not recorded:\n" + String.join("\n", missing));
        }
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
