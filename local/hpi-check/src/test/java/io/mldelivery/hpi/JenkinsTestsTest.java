package io.mldelivery.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import hudson.model.PersistentDescriptor;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.WebMethod;

/** The tests that run in a Jenkins ({@code -Pjenkins}) must know every step and every configuration. */
class JenkinsTestsTest {
    private static final Pattern SUCCESS = Pattern.compile("Result\\.SUCCESS|buildAndAssertSuccess\\(|succeeds\\(");

    static Stream<Class<?>> steps() {
        return StoredClasses.all().stream().filter(Step.class::isAssignableFrom);
    }

    static Stream<Method> webMethods() {
        return StoredClasses.ours()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers())
                        && method.getName().matches("do[A-Z].*"));
    }

    static Stream<Class<?>> configurations() {
        return StoredClasses.all().stream()
                .filter(type ->
                        Descriptor.class.isAssignableFrom(type) && PersistentDescriptor.class.isAssignableFrom(type));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void shouldTakeEveryStepThroughItsFormAndSnippet(Class<?> step) throws IOException {
        assertThat(tests())
                .anyMatch(test -> test.contains("new " + step.getSimpleName() + "(")
                        && test.contains("SnippetizerTester")
                        && test.contains("StepConfigTester")
                        && test.contains("Result.FAILURE"));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void shouldRunEveryStepToSuccess(Class<?> step) throws IOException {
        String call = decapitalized(step.getSimpleName().replaceFirst("Step$", "")) + " ";

        assertThat(tests())
                .anyMatch(test -> test.contains(call) && SUCCESS.matcher(test).find());
    }

    @ParameterizedTest
    @MethodSource("webMethods")
    void shouldTryEveryWebMethodAsSomebodyWhoMayNot(Method method) throws IOException {
        Pattern address = Pattern.compile("\\b" + Pattern.quote(address(method)) + "\\b");

        assertThat(tests())
                .anyMatch(test -> address.matcher(test).find()
                        && (test.contains("HTTP_FORBIDDEN") || test.contains("HTTP_NOT_FOUND")));
    }

    private static String address(Method method) {
        if (method.getName().equals("doDynamic")) {
            return method.getDeclaringClass().getSimpleName() + ".URL_NAME";
        }
        WebMethod named = method.getAnnotation(WebMethod.class);
        return named == null ? decapitalized(method.getName().substring(2)) : named.name()[0];
    }

    private static String decapitalized(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void shouldLoadAndExportEveryConfigurationAsCode(Class<?> configuration) throws IOException {
        assertThat(tests())
                .anyMatch(test -> test.contains(configuration.getSimpleName() + ".get()")
                        && test.contains("ConfigurationAsCode.get().export(")
                        && test.contains("configRoundtrip()")
                        && test.contains("HTTP_FORBIDDEN"));
    }

    @ParameterizedTest
    @MethodSource("io.mldelivery.hpi.HpiContentTest#plugins")
    void shouldBeNamedAsTheyAreRun(Hpi hpi) throws IOException {
        assertThat(files(hpi.id())).allMatch(file -> file.toString().endsWith("ITest.java"));
    }

    private static List<String> tests() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String id : Hpi.IDS) {
            for (Path file : files(id)) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private static List<Path> files(String id) throws IOException {
        Path folder = Hpi.PLUGINS.resolve(id).resolve(Path.of("src", "itest", "java"));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
