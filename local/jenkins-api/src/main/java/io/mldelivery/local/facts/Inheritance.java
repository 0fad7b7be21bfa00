package io.mldelivery.local.facts;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/** What a plugin's class owes to the types of Jenkins that it extends: no final method overridden, every abstract one implemented. */
final class Inheritance {
    private final Type type;
    private final ClassPath path;
    private final Collection<String> problems;
    private final Set<String> seen = new HashSet<>();

    private Inheritance(Type type, ClassPath path, Collection<String> problems) {
        this.type = type;
        this.path = path;
        this.problems = problems;
    }

    static void check(Type type, ClassPath path, Collection<String> problems) {
        new Inheritance(type, path, problems).parents(type);
    }

    private void parents(Type child) {
        for (String parent : child.parents()) {
            if (seen.add(parent)) {
                path.find(parent).ifPresent(this::parent);
            }
        }
    }

    private void parent(Type parent) {
        if (ClassPath.jenkins(parent.name())) {
            if (parent.has(Opcodes.ACC_FINAL)) {
                problems.add(type.name() + " extends " + parent.name() + ", which is final");
            }
            parent.members().values().stream().filter(Member::method).forEach(m -> member(parent, m));
        }
        parents(parent);
    }

    private void member(Type parent, Member member) {
        Member mine = type.members().get(member.key());
        if (mine != null && member.has(Opcodes.ACC_FINAL) && !member.has(Opcodes.ACC_STATIC)) {
            problems.add(type.name() + " overrides " + parent.name() + "." + member.key() + ", which is final");
        }
        boolean concrete = !type.has(Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE);
        if (concrete && member.has(Opcodes.ACC_ABSTRACT) && !implemented(member)) {
            problems.add(type.name() + " does not implement " + parent.name() + "." + member.key());
        }
    }

    private boolean implemented(Member member) {
        return path.resolve(type.name(), member.key())
                .filter(found -> !found.member().has(Opcodes.ACC_ABSTRACT))
                .isPresent();
    }
}
