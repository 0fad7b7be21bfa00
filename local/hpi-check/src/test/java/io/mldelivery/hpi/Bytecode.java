package io.mldelivery.hpi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** What a class file says about annotations and about other classes. */
record Bytecode(String name, Set<String> annotations, List<String> boundParameters) {
    private static final String BOUND = "Lorg/kohsuke/stapler/DataBoundConstructor;";

    static Bytecode read(byte[] bytes) {
        Reader reader = new Reader();
        new ClassReader(bytes).accept(reader, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
        return new Bytecode(reader.name, reader.annotations, reader.bound);
    }

    /** Every class that this one names in its code. */
    static Set<String> references(byte[] bytes) {
        Set<String> names = new TreeSet<>();
        Remapper collect = new Remapper() {
            @Override
            public String map(String internalName) {
                names.add(internalName);
                return internalName;
            }
        };
        new ClassReader(bytes).accept(new ClassRemapper(new ClassWriter(0), collect), ClassReader.SKIP_DEBUG);
        return names;
    }

    private static final class Reader extends ClassVisitor {
        private final Set<String> annotations = new TreeSet<>();
        private List<String> bound;
        private String name;

        Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version, int access, String ofName, String signature, String superName, String[] interfaces) {
            name = ofName;
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            annotations.add(descriptor);
            return null;
        }

        @Override
        public FieldVisitor visitField(int access, String field, String descriptor, String signature, Object value) {
            return new FieldVisitor(Opcodes.ASM9) {
                @Override
                public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    annotations.add(annotation);
                    return null;
                }
            };
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] thrown) {
            List<String> parameters = new ArrayList<>();
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitParameter(String parameter, int flags) {
                    parameters.add(parameter);
                }

                @Override
                public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    annotations.add(annotation);
                    bound = annotation.equals(BOUND) ? parameters : bound;
                    return null;
                }
            };
        }
    }

    static Map<String, Bytecode> all(Map<String, byte[]> jar) {
        Map<String, Bytecode> all = new LinkedHashMap<>();
        jar.forEach((name, bytes) -> {
            if (name.endsWith(".class")) {
                all.put(name, read(bytes));
            }
        });
        return all;
    }
}
