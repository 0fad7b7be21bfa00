package io.mldelivery.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HpiSeparationTest {
    /** What the controller or an API plugin brings; a second copy makes ClassCastExceptions. */
    private static final List<String> NOT_OURS = List.of(
            "hudson/",
            "jenkins/",
            "org/jenkinsci/",
            "org/kohsuke/",
            "io/mldelivery/local/",
            "com/fasterxml/jackson/",
            "org/yaml/snakeyaml/",
            "com/google/gson/",
            "com/google/common/",
            "okhttp3/",
            "okio/",
            "kotlin/",
            "org/apache/commons/lang3/",
            "org/apache/commons/io/",
            "org/apache/commons/codec/",
            "org/apache/commons/compress/",
            "org/apache/commons/collections4/",
            "org/bouncycastle/",
            "org/slf4j/",
            "jakarta/servlet/",
            "groovy/");
    /** Bundled by ml-kubernetes (its client) and ml-gate (CEL): neither sees the other's classes. */
    private static final String IN_UNRELATED_PLUGINS = "com/google/protobuf/";
    /** The edges of the architecture, and no others. */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "ml-delivery", Set.of(),
            "ml-data", Set.of("ml-delivery"),
            "ml-kubernetes", Set.of("ml-delivery"),
            "ml-registry", Set.of("ml-delivery"),
            "ml-training", Set.of("ml-delivery", "ml-registry", "ml-data", "ml-kubernetes"),
            "ml-gate", Set.of("ml-delivery", "ml-registry", "ml-data"),
            "ml-rollout", Set.of("ml-delivery", "ml-registry", "ml-kubernetes"),
            "ml-drift", Set.of("ml-delivery", "ml-registry", "ml-data"),
            "ml-retraining", Set.of("ml-delivery"));

    @Test
    void shouldHaveEachClassInOnePluginOnly() {
        Map<String, String> where = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (String id : Hpi.IDS) {
            Hpi.of(id).classes().forEach((type, jar) -> {
                String before = where.putIfAbsent(type, jar);
                if (before != null && !type.startsWith(IN_UNRELATED_PLUGINS)) {
                    twice.add(type + " in " + before + " and " + jar);
                }
            });
        }

        assertThat(twice).isEmpty();
        assertThat(where).hasSizeGreaterThan(500);
    }

    @ParameterizedTest
    @MethodSource("io.mldelivery.hpi.HpiContentTest#plugins")
    void shouldBundleNothingThatJenkinsBrings(Hpi hpi) {
        assertThat(hpi.classes().keySet()).noneMatch(type -> NOT_OURS.stream().anyMatch(type::startsWith));
    }

    @ParameterizedTest
    @MethodSource("io.mldelivery.hpi.HpiContentTest#plugins")
    void shouldBundleExactlyTheListedArtifacts(Hpi hpi) {
        Set<String> artifacts = new TreeSet<>();
        hpi.bundled().forEach(jar -> artifacts.add(jar.replaceFirst("-[0-9][^-]*(-[0-9A-Za-z.]+)?[.]jar$", "")));

        assertThat(artifacts)
                .isEqualTo(new TreeSet<>(List.of(
                        Pom.central(hpi.id()).property("hpi.bundledArtifacts").split(","))));
    }

    @ParameterizedTest
    @MethodSource("io.mldelivery.hpi.HpiContentTest#plugins")
    void shouldDependOnOurOwnPluginsAlongTheArchitecture(Hpi hpi) {
        assertThat(hpi.dependencies().keySet().stream().filter(Hpi.IDS::contains))
                .allMatch(ALLOWED.get(hpi.id())::contains);
    }
}
