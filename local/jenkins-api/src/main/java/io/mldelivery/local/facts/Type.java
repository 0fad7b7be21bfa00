package io.mldelivery.local.facts;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A class as bytecode describes it; names with slashes. For an annotation type also what it may stand on and how long it is kept. */
record Type(
        int access,
        String name,
        String superName,
        List<String> interfaces,
        String signature,
        List<String> metaAnnotations,
        Map<String, Member> members) {

    static Type read(InputStream bytes) throws IOException {
        Reader reader = new Reader();
        new ClassReader(bytes).accept(reader, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return reader.type();
    }

    boolean has(int flag) {
        return (access & flag) != 0;
    }

    boolean visible() {
        return has(Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED);
    }

    List<String> parents() {
        List<String> parents = new ArrayList<>(interfaces);
        if (superName != null) {
            parents.add(0, superName);
        }
        return parents;
    }

    private static final class Reader extends ClassVisitor {
        private final Map<String, Member> members = new TreeMap<>();
        private final List<String> meta = new ArrayList<>();
        private int access;
        private String name;
        private String superName;
        private List<String> interfaces;
        private String signature;

        Reader() {
            super(Opcodes.ASM9);
        }

        Type type() {
            return new Type(
                    access,
                    name,
                    superName,
                    interfaces,
                    signature,
                    meta.stream().sorted().toList(),
                    members);
        }

        @Override
        public void visit(
                int version, int flags, String ofName, String ofSignature, String ofSuper, String[] ofInterfaces) {
            access = flags;
            name = ofName;
            superName = ofSuper;
            signature = ofSignature;
            interfaces = Arrays.asList(ofInterfaces);
        }

        @Override
        public void visitInnerClass(String inner, String outer, String innerName, int flags) {
            if (inner.equals(name)) {
                access = flags | (access & Opcodes.ACC_SUPER);
            }
        }

        @Override
        public MethodVisitor visitMethod(
                int flags, String ofName, String descriptor, String ofSignature, String[] thrown) {
            List<String> exceptions = thrown == null ? List.of() : List.of(thrown);
            add(new Member(flags, ofName, descriptor, ofSignature, exceptions));
            return null;
        }

        @Override
        public FieldVisitor visitField(int flags, String ofName, String descriptor, String ofSignature, Object value) {
            add(new Member(flags, ofName, descriptor, ofSignature, List.of()));
            return null;
        }

        private void add(Member member) {
            members.put(member.key(), member);
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            if ((access & Opcodes.ACC_ANNOTATION) == 0) {
                return null;
            }
            return new MetaAnnotation(descriptor.substring(1, descriptor.length() - 1), meta);
        }
    }

    private static final class MetaAnnotation extends AnnotationVisitor {
        private final String annotation;
        private final List<String> meta;
        private final List<String> values = new ArrayList<>();

        MetaAnnotation(String annotation, List<String> meta) {
            super(Opcodes.ASM9);
            this.annotation = annotation;
            this.meta = meta;
        }

        @Override
        public void visitEnum(String name, String descriptor, String value) {
            values.add(value);
        }

        @Override
        public void visit(String name, Object value) {
            values.add(String.valueOf(value));
        }

        @Override
        public AnnotationVisitor visitArray(String name) {
            return new AnnotationVisitor(Opcodes.ASM9) {
                @Override
                public void visitEnum(String element, String descriptor, String value) {
                    values.add(value);
                }
            };
        }

        @Override
        public void visitEnd() {
            meta.add(
                    annotation + "(" + String.join(",", values.stream().sorted().toList()) + ")");
        }
    }
}
