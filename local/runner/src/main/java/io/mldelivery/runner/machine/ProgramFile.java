package io.mldelivery.runner.machine;

import io.mldelivery.runner.script.ScriptCompiler;
import io.mldelivery.runner.script.ScriptHost;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The saved state of a program, {@code program.dat}: the texts of its scripts, then the program itself, in Java's
 * serialization. Written to a temporary file, forced to disk and renamed, so a reader finds the old or the new state.
 */
public final class ProgramFile {
    private final Path file;

    public ProgramFile(Path file) {
        this.file = file;
    }

    /** Whether there is a saved state. */
    public boolean exists() {
        return Files.isRegularFile(file);
    }

    /** Removes the state of a program that has ended. */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    void write(Program program) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            writeObjects(program, out);
            out.flush();
            channel.force(false);
        }
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeObjects(Program program, OutputStream out) throws IOException {
        var header = new ObjectOutputStream(out);
        header.writeObject(new LinkedHashMap<>(program.sources()));
        header.flush();
        var state = new ProgramStream(out);
        state.writeObject(program);
        state.flush();
    }

    /**
     * Reads the state back. Scripts are compiled first, because the classes in the state are theirs.
     *
     * @throws IOException also for a class that a program may not hold
     */
    public Program read(ScriptCompiler compiler, ScriptHost compiling) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            compile(sources(in, compiler), compiler, compiling);
            return (Program) new StateStream(in, compiler.loader()).readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("The saved state needs a class that is gone: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> sources(InputStream in, ScriptCompiler compiler)
            throws IOException, ClassNotFoundException {
        return (Map<String, String>) new StateStream(in, compiler.loader()).readObject();
    }

    private static void compile(Map<String, String> sources, ScriptCompiler compiler, ScriptHost compiling) {
        ScriptHost.enter(compiling);
        try {
            sources.forEach(compiler::compile);
        } finally {
            ScriptHost.enter(null);
        }
    }

    /** Writes references in place of objects that belong to the runner. */
    private static final class ProgramStream extends ObjectOutputStream {
        ProgramStream(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) {
            return Reference.to(object);
        }
    }

    /** Resolves the classes of scripts and lets in only what programs hold. */
    private static final class StateStream extends ObjectInputStream {
        private final ClassLoader scripts;

        StateStream(InputStream in, ClassLoader scripts) throws IOException {
            super(in);
            this.scripts = scripts;
            setObjectInputFilter(new StateFilter(scripts)::check);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, scripts);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }

    private static final class StateFilter {
        private static final ObjectInputFilter BY_NAME = ObjectInputFilter.Config.createFilter(
                "maxdepth=20000;maxrefs=20000000;maxbytes=2147483647;maxarray=67108864;"
                        + "!java.rmi.**;!java.lang.reflect.**;!java.lang.invoke.MethodHandle*;java.**;"
                        + "!org.codehaus.groovy.runtime.ConvertedClosure;groovy.**;org.codehaus.groovy.**;"
                        + "com.cloudbees.groovy.cps.**;com.google.common.collect.**;"
                        + "io.mldelivery.**;io.jenkins.**;hudson.**;jenkins.**;org.jenkinsci.**;com.cloudbees.plugins.**");
        private final ClassLoader scripts;

        StateFilter(ClassLoader scripts) {
            this.scripts = scripts;
        }

        ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info) {
            Class<?> type = info.serialClass();
            while (type != null && type.isArray()) {
                type = type.getComponentType();
            }
            if (type != null && (type.isPrimitive() || type.getClassLoader() == scripts)) {
                return ObjectInputFilter.Status.ALLOWED;
            }
            ObjectInputFilter.Status status = BY_NAME.checkInput(info);
            return type != null && status == ObjectInputFilter.Status.UNDECIDED
                    ? ObjectInputFilter.Status.REJECTED
                    : status;
        }
    }
}
