package io.mldelivery.runner.library;

import groovy.lang.Binding;
import groovy.lang.Script;
import hudson.AbortException;
import io.mldelivery.runner.binding.Nearest;
import io.mldelivery.runner.machine.Program;
import io.mldelivery.runner.script.ScriptHost;
import io.mldelivery.runner.steps.files.AntPattern;
import io.mldelivery.runner.steps.files.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The libraries of one build. A build keeps copies of those that it loads, so that a restart finds the same texts. */
public final class Libraries {
    private static final List<String> PARTS = List.of("vars", "src", "resources");

    private final Map<String, Path> available;
    private final Path copies;
    private final Map<String, Path> loaded = new LinkedHashMap<>();
    private Program program;

    public Libraries(Map<String, Path> available, Path copies) {
        this.available = new LinkedHashMap<>(available);
        this.copies = copies;
    }

    /** Attaches the program, and loads again what it had loaded before a restart. */
    public void attach(Program owner) throws IOException {
        program = owner;
        loaded.clear();
        if (Files.isDirectory(copies)) {
            try (Stream<Path> folders = Files.list(copies)) {
                for (Path folder : folders.sorted().toList()) {
                    if (!folder.toString().endsWith(".part")) {
                        use(folder);
                    }
                }
            }
        }
    }

    /** Loads a library unless it is; a version after {@code @} is left out, since a folder has one. */
    public void load(String nameAndVersion) throws IOException {
        String name = name(nameAndVersion);
        if (!loaded.containsKey(name)) {
            require(nameAndVersion);
            use(copy(name, available.get(name)));
        }
    }

    /** Fails unless the library is defined. */
    public void require(String nameAndVersion) throws AbortException {
        String name = name(nameAndVersion);
        if (!available.containsKey(name)) {
            throw new AbortException(
                    "Could not find any definition of libraries [" + nameAndVersion + "]" + hint(name));
        }
    }

    /** Whether the library is defined. */
    public boolean isKnown(String nameAndVersion) {
        return available.containsKey(name(nameAndVersion));
    }

    /** What to say after the name of a library that is not defined. */
    String hint(String nameAndVersion) {
        return available.isEmpty()
                ? ""
                : Nearest.hint(List.of(name(nameAndVersion)), new TreeSet<>(available.keySet()));
    }

    private static String name(String nameAndVersion) {
        return nameAndVersion.replaceAll("@.*$", "");
    }

    private Path copy(String name, Path source) throws IOException {
        if (PARTS.stream().noneMatch(part -> Files.isDirectory(source.resolve(part)))) {
            throw new AbortException(
                    "Library " + name + " expected to contain at least one of src or vars directories: " + source);
        }
        Path half = copies.resolve(name + ".part");
        FolderTree.delete(half);
        for (String part : PARTS) {
            List<String> files = AntPattern.files(source.resolve(part), "**", null, true);
            FolderTree.copy(source.resolve(part), half.resolve(part), files);
        }
        Path whole = copies.resolve(name);
        Files.move(half, whole, StandardCopyOption.ATOMIC_MOVE);
        return whole;
    }

    private void use(Path folder) {
        loaded.put(folder.getFileName().toString(), folder);
        program.compiler().addSources(folder.resolve("src"));
        program.compiler().addSources(folder.resolve("vars"));
    }

    /** The global variable of a file in {@code vars/}, or {@link ScriptHost#ABSENT}. */
    public Object global(String name) {
        Object known = program.objects().get("vars/" + name);
        if (known != null) {
            return known;
        }
        boolean exists = name.matches("[A-Za-z_][A-Za-z0-9_]*")
                && loaded.values().stream()
                        .anyMatch(folder -> Files.exists(folder.resolve("vars/" + name + ".groovy")));
        return exists ? make(name) : ScriptHost.ABSENT;
    }

    private Object make(String name) {
        try {
            Class<?> type = program.compiler().loader().loadClass(name);
            Script variable = program.compiler().instance(type, new Binding());
            program.objects().put("vars/" + name, variable);
            return variable;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The global variable " + name + " does not compile", e);
        }
    }

    /** The file of a resource, from the library that was loaded first. */
    public Optional<Path> resource(String path) {
        return loaded.values().stream()
                .map(folder -> folder.resolve("resources").resolve(path).normalize())
                .filter(file -> file.startsWith(copies) && Files.isRegularFile(file))
                .findFirst();
    }

    /** Names of global variables that libraries define. */
    public List<String> globalNames() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path folder : loaded.values()) {
            for (String file : AntPattern.files(folder.resolve("vars"), "*.groovy", null, true)) {
                names.add(file.replace(".groovy", ""));
            }
        }
        return names;
    }
}
