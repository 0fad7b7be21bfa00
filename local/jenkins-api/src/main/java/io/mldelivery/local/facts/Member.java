package io.mldelivery.local.facts;

import java.util.List;
import java.util.Objects;
import org.objectweb.asm.Opcodes;

/** A method or field as bytecode names it; a field's descriptor has no parentheses. */
record Member(int access, String name, String descriptor, String signature, List<String> exceptions) {
    static final int COMPARED =
            Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_ABSTRACT;

    Member {
        exceptions = exceptions.stream().sorted().toList();
    }

    String key() {
        return name + descriptor;
    }

    boolean method() {
        return descriptor.startsWith("(");
    }

    boolean has(int flag) {
        return (access & flag) != 0;
    }

    boolean visible() {
        return has(Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED) && !has(Opcodes.ACC_SYNTHETIC);
    }

    /** What differs from the other member of the same name and descriptor; empty when nothing. */
    String differenceFrom(Member real) {
        int different = (access ^ real.access) & (method() ? COMPARED : COMPARED & ~Opcodes.ACC_ABSTRACT);
        if (different != 0) {
            return Flags.words(access & COMPARED) + " instead of " + Flags.words(real.access & COMPARED);
        }
        if (!exceptions.equals(real.exceptions)) {
            return "throws " + exceptions + " instead of " + real.exceptions;
        }
        return Objects.equals(signature, real.signature)
                ? ""
                : "signature " + signature + " instead of " + real.signature;
    }
}
