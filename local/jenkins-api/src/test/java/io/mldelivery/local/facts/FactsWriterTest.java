package io.mldelivery.local.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.objectweb.asm.Opcodes.ACC_ABSTRACT;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.V17;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;

class FactsWriterTest {
    @TempDir
    private Path folder;

    private Path slice;
    private Path component;
    private Path facts;

    @BeforeEach
    void writeFacts() throws IOException {
        slice = jar("slice.jar", ACC_PUBLIC, "()Ljava/lang/String;");
        component = jar("component.jar", ACC_PUBLIC, "()Ljava/lang/String;");
        facts = folder.resolve("facts.txt");
        FactsWriter.main(new String[] {facts.toString(), slice.toString(), "core:1.0=" + component});
    }

    @Test
    void shouldRecordTheComponentAndVersion() throws IOException {
        assertThat(Files.readString(facts))
                .contains(
                        "[core 1.0]\nclass public,abstract hudson/Thing java/lang/Object - -\n  method public get ()");
    }

    @Test
    void shouldAcceptFactsThatStillHold() {
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void shouldShowAWrongDescriptorInTheFacts() throws IOException {
        Files.writeString(facts, Files.readString(facts).replace("()Ljava/lang/String;", "()Ljava/lang/Object;"));

        assertThatThrownBy(this::check)
                .hasMessageContaining("recorded, but not so:\n  method public get ()Ljava/lang/Object; - -")
                .hasMessageContaining("so, but not recorded:\n  method public get ()Ljava/lang/String; - -");
    }

    @Test
    void shouldShowAModifierThatANewerVersionChanged() throws IOException {
        component = jar("component.jar", ACC_PUBLIC | ACC_STATIC, "()Ljava/lang/String;");

        assertThatThrownBy(this::check).hasMessageContaining("method public,static get");
    }

    @Test
    void shouldShowAMemberThatANewerVersionLacks() throws IOException {
        component = jar("component.jar", ACC_PUBLIC, "()I");

        assertThatThrownBy(this::check).hasMessageContaining("hudson/Thing.get ()Ljava/lang/String; does not exist");
    }

    private void check() throws IOException {
        FactsWriter.main(new String[] {"--check", facts.toString(), slice.toString(), "core:1.0=" + component});
    }

    private Path jar(String name, int access, String descriptor) throws IOException {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(V17, ACC_PUBLIC | ACC_ABSTRACT, "hudson/Thing", null, "java/lang/Object", null);
        writer.visitMethod(access, "get", descriptor, null, null).visitEnd();
        writer.visitEnd();
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("hudson/Thing.class"));
            out.write(writer.toByteArray());
            out.closeEntry();
        }
        return jar;
    }
}
