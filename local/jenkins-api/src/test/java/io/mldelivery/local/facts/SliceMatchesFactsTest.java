package io.mldelivery.local.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
