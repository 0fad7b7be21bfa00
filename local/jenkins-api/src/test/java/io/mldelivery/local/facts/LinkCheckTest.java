package io.mldelivery.local.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

class LinkCheckTest {
    private static final String PLUGIN = "io/jenkins/plugins/mldelivery/trial/Trial";
    private final ApiFacts facts = ApiFacts.current();

    @Test
    void shouldAcceptALinkThatIsInTheFacts() throws IOException {
        assertThat(problems(code -> code.visitMethodInsn(
                        INVOKEVIRTUAL, "hudson/model/Run", "getRootDir", "()Ljava/io/File;", false)))
                .isEmpty();
    }

    @Test
    void shouldRefuseAWrongDescriptor() throws IOException {
        assertThat(problems(code -> code.visitMethodInsn(
                        INVOKEVIRTUAL, "hudson/model/Run", "getRootDir", "()Ljava/nio/file/Path;", false)))
                .containsExactly(
                        PLUGIN
                                + " links to hudson/model/Run.getRootDir ()Ljava/nio/file/Path;, which is not in the facts of hudson/model/Run");
    }

    @Test
    void shouldRefuseATypeThatIsNotInTheFacts() throws IOException {
        assertThat(problems(code -> code.visitTypeInsn(org.objectweb.asm.Opcodes.NEW, "hudson/model/FreeStyleProject")))
                .containsExactly(PLUGIN + " uses hudson/model/FreeStyleProject, which is not in the facts");
    }

    @Test
    void shouldRefuseAnAnnotationWithAConstantThatDoesNotExist() throws IOException {
        assertThat(problems(code -> code.visitAnnotation("Lhudson/Extension;", true)
                        .visitEnum("optional", "Lhudson/model/Result;", "GOOD")))
                .hasSize(1)
                .first()
                .asString()
                .contains("links to hudson/model/Result.GOOD");
    }

    @Test
    void shouldRefuseAnInstanceMethodCalledAsStatic() throws IOException {
        assertThat(problems(code -> code.visitMethodInsn(
                        INVOKESTATIC, "hudson/model/Run", "getRootDir", "()Ljava/io/File;", false)))
                .hasSize(1)
                .first()
                .asString()
                .contains("as static");
    }

    @Test
    void shouldRefuseAClassCalledAsInterface() throws IOException {
        assertThat(problems(code -> code.visitMethodInsn(
                        INVOKEINTERFACE, "hudson/model/Run", "getRootDir", "()Ljava/io/File;", true)))
                .hasSize(1)
                .first()
                .asString()
                .contains("as an interface");
    }

    @Test
    void shouldRefuseTheRunner() throws IOException {
        assertThat(problems(code -> code.visitMethodInsn(
                        INVOKESTATIC, "io/mldelivery/local/hooks/LocalJenkins", "stop", "()V", false)))
                .contains(PLUGIN
                        + " uses io/mldelivery/local/hooks/LocalJenkins, which exists without a controller only");
    }

    @Test
    void shouldRefuseAStepThatDoesNotStart() throws IOException {
        byte[] step = type("org/jenkinsci/plugins/workflow/steps/Step", code -> {});

        assertThat(LinkCheck.problems(List.of(step), facts))
                .anyMatch(p -> p.contains("does not implement org/jenkinsci/plugins/workflow/steps/Step.start("));
    }

    @Test
    void shouldFailTheBuildWithTheList(@TempDir Path classes) throws IOException {
        Files.write(
                classes.resolve("Trial.class"),
                type(
                        "java/lang/Object",
                        code -> code.visitMethodInsn(INVOKEVIRTUAL, "hudson/FilePath", "readToString", "()[B", false)));

        assertThatThrownBy(() -> LinkCheck.main(new String[] {classes.toString()}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hudson/FilePath.readToString ()[B");
    }

    private Set<String> problems(Consumer<MethodVisitor> code) throws IOException {
        return LinkCheck.problems(List.of(type("java/lang/Object", code)), facts);
    }

    private static byte[] type(String superName, Consumer<MethodVisitor> code) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, ACC_PUBLIC | ACC_SUPER, PLUGIN, null, superName, null);
        MethodVisitor method = writer.visitMethod(ACC_PUBLIC, "use", "()V", null, null);
        method.visitCode();
        method.visitVarInsn(ALOAD, 0);
        code.accept(method);
        method.visitInsn(RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
