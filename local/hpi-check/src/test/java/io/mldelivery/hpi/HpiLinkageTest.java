package io.mldelivery.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every class that a plugin or its engine names must come with the plugin, with a plugin it declares, with Jenkins or with Java. */
class HpiLinkageTest {
    private static final List<String> CORE = List.of(
            "hudson/",
            "jenkins/",
            "org/kohsuke/stapler/",
            "net/sf/json/",
            "net/java/sezpoz/",
            "org/jvnet/",
            "org/jenkinsci/remoting/",
            "org/jenkinsci/Symbol",
            "org/slf4j/",
            "com/google/common/",
            "com/thoughtworks/xstream/",
            "jakarta/servlet/",
            "jakarta/annotation/",
            "org/springframework/",
            "org/apache/commons/io/",
            "org/apache/commons/codec/",
            "edu/umd/cs/findbugs/annotations/",
            "com/sun/net/httpserver/",
            "org/w3c/dom/",
            "org/xml/sax/",
            "java/",
            "javax/");
    private static final Map<String, List<String>> BROUGHT_BY = Map.ofEntries(
            Map.entry(
                    "workflow-step-api",
                    List.of("org/jenkinsci/plugins/workflow/steps/", "org/jenkinsci/plugins/workflow/structs/")),
            Map.entry("workflow-api", List.of("org/jenkinsci/plugins/workflow/")),
            Map.entry("structs", List.of("org/jenkinsci/plugins/structs/")),
            Map.entry("script-security", List.of("org/jenkinsci/plugins/scriptsecurity/")),
            Map.entry("credentials", List.of("com/cloudbees/plugins/credentials/")),
            Map.entry("plain-credentials", List.of("org/jenkinsci/plugins/plaincredentials/")),
            Map.entry("jackson2-api", List.of("com/fasterxml/jackson/")),
            Map.entry("snakeyaml-api", List.of("org/yaml/snakeyaml/")),
            Map.entry("gson-api", List.of("com/google/gson/")),
            Map.entry("okhttp-api", List.of("okhttp3/", "okio/", "kotlin/")),
            Map.entry("commons-lang3-api", List.of("org/apache/commons/lang3/")),
            Map.entry("commons-compress-api", List.of("org/apache/commons/compress/")),
            Map.entry("commons-collections4-api", List.of("org/apache/commons/collections4/")),
            Map.entry("bouncycastle-api", List.of("org/bouncycastle/")));

    @ParameterizedTest
    @MethodSource("io.mldelivery.hpi.HpiContentTest#plugins")
    void shouldDeclareWhereEveryClassComesFrom(Hpi hpi) {
        Set<String> reachable = new LinkedHashSet<>();
        Set<String> declared = closure(hpi.id());
        declared.forEach(id -> reachable.addAll(Hpi.of(id).classes().keySet()));
        Set<String> unknown = new TreeSet<>();
        for (String name : references(hpi, jar -> jar.equals(hpi.id() + ".jar") || jar.startsWith("engine-"))) {
            if (!reachable.contains(name) && CORE.stream().noneMatch(name::startsWith) && !brought(name, declared)) {
                unknown.add(name);
            }
        }

        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.mldelivery.hpi.HpiContentTest#plugins")
    void shouldDeclareNothingThatItDoesNotLinkTo(Hpi hpi) {
        Set<String> names = references(hpi, jar -> true);
        Set<String> idle = new TreeSet<>(hpi.required());
        idle.removeIf(id -> Hpi.IDS.contains(id)
                ? names.stream().anyMatch(Hpi.of(id).classes()::containsKey)
                : names.stream().anyMatch(name -> BROUGHT_BY.get(id).stream().anyMatch(name::startsWith)));

        assertThat(idle).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.mldelivery.hpi.HpiContentTest#plugins")
    void shouldNotReferToWhatExistsWithoutAControllerOnly(Hpi hpi) {
        assertThat(references(hpi, jar -> true))
                .noneMatch(name -> name.startsWith("io/mldelivery/local/") || name.startsWith("io/mldelivery/runner/"));
    }

    /** Our plugins that this one reaches, itself included. */
    private static Set<String> closure(String id) {
        Set<String> all = new LinkedHashSet<>(Set.of(id));
        Hpi.of(id).dependencies().keySet().stream().filter(Hpi.IDS::contains).forEach(d -> all.addAll(closure(d)));
        return all;
    }

    private static boolean brought(String name, Set<String> declared) {
        return declared.stream()
                .flatMap(id -> Hpi.of(id).dependencies().keySet().stream())
                .distinct()
                .flatMap(id -> BROUGHT_BY.getOrDefault(id, List.of()).stream())
                .anyMatch(name::startsWith);
    }

    private static Set<String> references(Hpi hpi, Predicate<String> wanted) {
        Set<String> names = new TreeSet<>();
        for (String jar : hpi.jars()) {
            if (wanted.test(jar)) {
                Hpi.unzip(hpi.entries().get("WEB-INF/lib/" + jar)).forEach((name, bytes) -> {
                    if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                        names.addAll(Bytecode.references(bytes));
                    }
                });
            }
        }
        return names;
    }
}
