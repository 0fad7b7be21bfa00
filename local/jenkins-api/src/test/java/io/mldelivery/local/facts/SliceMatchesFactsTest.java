package io.mldelivery.local.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;

class SliceMatchesFactsTest {
    private static final Path CLASSES = Path.of("target", "classes");
    private final ApiFacts facts = ApiFacts.current();

    @Test
    void shouldHaveAFactForEveryPublicTypeOfTheSlice() throws IOException {
        List<String> missing = slice().stream()
                .map(Type::name)
                .filter(name -> facts.type(name).isEmpty())
                .toList();

        assertThat(missing).isEmpty();
        assertThat(facts.types()).hasSizeGreaterThan(150);
    }

    @Test
    void shouldDeclareMembersAsJenkinsDoes() throws IOException {
        List<String> differences = new ArrayList<>();
        for (Type type : slice()) {
            Type real = facts.type(type.name()).orElseThrow();
            for (Member member : type.members().values()) {
                Member there = real.members().get(member.key());
                String difference = there == null || !member.visible() ? "" : member.differenceFrom(there);
                if (!difference.isEmpty()) {
                    differences.add(type.name() + "." + member.key() + " is " + difference);
                }
            }
        }

        assertThat(differences).isEmpty();
    }

    @Test
    void shouldDeclareTypesAsJenkinsDoes() throws IOException {
        int compared = Member.COMPARED | Opcodes.ACC_INTERFACE | Opcodes.ACC_ANNOTATION | Opcodes.ACC_ENUM;
        List<String> differences = new ArrayList<>();
        for (Type type : slice()) {
            Type real = facts.type(type.name()).orElseThrow();
            if (((type.access() ^ real.access()) & compared) != 0) {
                differences.add(type.name() + " is " + Flags.words(type.access()) + " instead of "
                        + Flags.words(real.access()));
            }
            if (!real.metaAnnotations().equals(type.metaAnnotations())) {
                differences.add(
                        type.name() + " has " + type.metaAnnotations() + " instead of " + real.metaAnnotations());
            }
        }

        assertThat(differences).isEmpty();
    }

    @Test
    void shouldGiveTypesOnlyParentsThatTheyHaveInJenkins() throws IOException {
        List<String> differences = new ArrayList<>();
        for (Type type : slice()) {
            Type real = facts.type(type.name()).orElseThrow();
            type.parents().stream()
                    .filter(parent -> !ancestors(real).contains(parent))
                    .forEach(parent -> differences.add(type.name() + " has the parent " + parent));
            if (type.parents().equals(real.parents()) && !Objects.equals(type.signature(), real.signature())) {
                differences.add(
                        type.name() + " has the signature " + type.signature() + " instead of " + real.signature());
            }
        }

        assertThat(differences).isEmpty();
    }

    /** As far as the facts go: a parent that Jenkins has between two types of the slice is not among them. */
    private Set<String> ancestors(Type type) {
        Set<String> all = new HashSet<>(type.parents());
        type.parents().forEach(parent -> facts.type(parent).ifPresent(found -> all.addAll(ancestors(found))));
        all.add("java/lang/Object");
        return all;
    }

    @Test
    void shouldBeCheckedAgainstTheComponentsThatItNames() throws IOException {
        String pom = Files.readString(Path.of("..", "facts-check", "pom.xml"));

        facts.types().stream()
                .map(type -> facts.component(type.name()))
                .distinct()
                .forEach(component -> {
                    String name = component.substring(0, component.indexOf(' '));
                    String version = component.substring(name.length() + 1);
                    assertThat(pom)
                            .contains("<argument>" + name + ":${" + name + ".version}=")
                            .containsAnyOf(
                                    "<" + name + ".version>" + version + "</",
                                    "<" + name + ".version>${jenkins.version}</");
                });
    }

    @Test
    void shouldReadBackWhatItWrites() {
        assertThat(FactLines.write(ApiFacts.parse(FactLines.write(facts)))).isEqualTo(FactLines.write(facts));
    }

    private List<Type> slice() throws IOException {
        List<Type> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    Type type = Type.read(in);
                    if (type.visible() && !type.name().startsWith("io/mldelivery/")) {
                        types.add(type);
                    }
                }
            }
        }
        return types;
    }
}
