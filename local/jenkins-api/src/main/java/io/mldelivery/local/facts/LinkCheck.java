package io.mldelivery.local.facts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/**
 * Fails the build of a plugin whose bytecode links to something of Jenkins that is not in api-facts.txt, or in another way than the facts
 * say, or to the runner. Run as {@code LinkCheck CLASSES-FOLDER} with the plugin's compile class path.
 */
public final class LinkCheck {
    private LinkCheck() {}

    public static void main(String[] args) throws IOException {
        SortedSet<String> problems = problems(Path.of(args[0]), ApiFacts.current());
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.size()
                    + " links to Jenkins that api-facts.txt does not have; use what it has, or add the member to local/jenkins-api"
                    + " and read the facts anew from the real component:\n  "
                    + String.join("\n  ", problems));
        }
    }

    /** One line for each wrong link below the folder. */
    static SortedSet<String> problems(Path classes, ApiFacts facts) throws IOException {
        return problems(bytecode(classes), facts);
    }

    static SortedSet<String> problems(Collection<byte[]> bytecode, ApiFacts facts) throws IOException {
        Map<String, Type> own = new TreeMap<>();
        for (byte[] bytes : bytecode) {
            Type type = Type.read(new java.io.ByteArrayInputStream(bytes));
            own.put(type.name(), type);
        }
        ClassLoader others = Thread.currentThread().getContextClassLoader();
        ClassPath path = new ClassPath(own, facts, others);
        SortedSet<String> problems = new TreeSet<>();
        for (byte[] bytes : bytecode) {
            new ClassReader(bytes).accept(new LinkVisitor(path, problems), ClassReader.SKIP_FRAMES);
        }
        own.values().forEach(type -> Inheritance.check(type, path, problems));
        return problems;
    }

    private static List<byte[]> bytecode(Path classes) throws IOException {
        if (!Files.isDirectory(classes)) {
            return List.of();
        }
        List<byte[]> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    all.add(in.readAllBytes());
                }
            }
        }
        return all;
    }
}
