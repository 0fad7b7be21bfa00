package io.mldelivery.local.facts;

import java.util.Collection;
import java.util.Optional;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Visits every link of one class. */
final class LinkVisitor extends ClassVisitor {
    private final ClassPath path;
    private final Collection<String> problems;
    private String self;

    LinkVisitor(ClassPath path, Collection<String> problems) {
        super(Opcodes.ASM9);
        this.path = path;
        this.problems = problems;
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        self = name;
        type(superName);
        for (String implemented : interfaces) {
            type(implemented);
        }
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        descriptor(descriptor);
        return new Values();
    }

    @Override
    public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
        descriptor(descriptor);
        return new FieldVisitor(Opcodes.ASM9) {
            @Override
            public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                descriptor(annotation);
                return new Values();
            }
        };
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
        descriptor(descriptor);
        return new Code();
    }

    private void type(String internalName) {
        String name = internalName.replaceFirst("^\\[+L?", "").replaceFirst(";$", "");
        if (name.startsWith("io/mldelivery/local/")) {
            problem("uses " + name + ", which exists without a controller only");
        } else if (ClassPath.jenkins(name) && path.find(name).isEmpty()) {
            problem("uses " + name + ", which is not in the facts");
        }
    }

    private void descriptor(String descriptor) {
        java.util.regex.Matcher names =
                java.util.regex.Pattern.compile("L([^;<]+);").matcher(descriptor);
        while (names.find()) {
            type(names.group(1));
        }
    }

    private void member(String owner, String name, String descriptor, boolean wantsStatic, Boolean wantsInterface) {
        type(owner);
        descriptor(descriptor);
        if (owner.startsWith("[")) {
            return;
        }
        String key = name + descriptor;
        Optional<ClassPath.Found> found = path.resolve(owner, key);
        if (found.isEmpty()) {
            unresolved(owner, name, descriptor);
            return;
        }
        Type declaring = found.get().owner();
        if (ClassPath.jenkins(declaring.name())) {
            compare(owner, found.get(), wantsStatic, wantsInterface);
        }
    }

    private void unresolved(String owner, String name, String descriptor) {
        Optional<String> jenkins = firstOfJenkins(owner);
        jenkins.ifPresent(type -> problem(
                "links to " + owner + "." + name + " " + descriptor + ", which is not in the facts of " + type));
    }

    private Optional<String> firstOfJenkins(String name) {
        if (ClassPath.jenkins(name)) {
            return Optional.of(name);
        }
        return path.find(name).stream()
                .flatMap(type -> type.parents().stream())
                .map(this::firstOfJenkins)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private void compare(String owner, ClassPath.Found found, boolean wantsStatic, Boolean wantsInterface) {
        if (found.member().has(Opcodes.ACC_STATIC) != wantsStatic) {
            problem("links to " + owner + "." + found.member().key() + " as "
                    + (wantsStatic ? "static, which it is not" : "an instance member, but it is static"));
        }
        boolean isInterface =
                path.find(owner).filter(t -> t.has(Opcodes.ACC_INTERFACE)).isPresent();
        if (wantsInterface != null && isInterface != wantsInterface) {
            problem("links to " + owner + " as " + (wantsInterface ? "an interface" : "a class") + ", which it is not");
        }
    }

    private void problem(String what) {
        problems.add(self + " " + what);
    }

    private final class Code extends MethodVisitor {
        Code() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitTypeInsn(int opcode, String name) {
            type(name);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
            member(owner, name, descriptor, isStatic, null);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            member(owner, name, descriptor, opcode == Opcodes.INVOKESTATIC, isInterface);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            descriptor(descriptor);
            for (Object argument : arguments) {
                if (argument instanceof Handle handle && handle.getTag() >= Opcodes.H_INVOKEVIRTUAL) {
                    member(
                            handle.getOwner(),
                            handle.getName(),
                            handle.getDesc(),
                            handle.getTag() == Opcodes.H_INVOKESTATIC,
                            handle.isInterface());
                }
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof org.objectweb.asm.Type constant) {
                descriptor(constant.getDescriptor());
            }
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String caught) {
            if (caught != null) {
                type(caught);
            }
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            descriptor(descriptor);
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            descriptor(descriptor);
            return new Values();
        }

        @Override
        public AnnotationVisitor visitParameterAnnotation(int parameter, String descriptor, boolean visible) {
            descriptor(descriptor);
            return new Values();
        }
    }

    /** What stands in an annotation's parentheses: classes and enum constants are links too. */
    private final class Values extends AnnotationVisitor {
        Values() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(String name, Object value) {
            if (value instanceof org.objectweb.asm.Type constant) {
                descriptor(constant.getDescriptor());
            }
        }

        @Override
        public void visitEnum(String name, String descriptor, String value) {
            member(descriptor.substring(1, descriptor.length() - 1), value, descriptor, true, null);
        }

        @Override
        public AnnotationVisitor visitAnnotation(String name, String descriptor) {
            descriptor(descriptor);
            return this;
        }

        @Override
        public AnnotationVisitor visitArray(String name) {
            return this;
        }
    }
}
