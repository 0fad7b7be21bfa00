package io.mldelivery.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two POMs of a plugin must describe the same plugin. */
class PomAgreementTest {
    static Stream<String> plugins() {
        return Hpi.IDS.stream();
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldDescribeTheSamePlugin(String id) {
        Pom central = Pom.central(id);
        Pom canonical = Pom.canonical(id);

        assertThat(canonical.text("artifactId"))
                .isEqualTo(central.text("artifactId"))
                .isEqualTo(id);
        assertThat(canonical.text("version")).isEqualTo(central.text("parent", "version"));
        for (String key : new String[] {"name", "description", "url"}) {
            assertThat(canonical.text(key)).as(key).isEqualTo(central.text(key)).isNotBlank();
        }
        assertThat(canonical.property("hpi.bundledArtifacts")).isEqualTo(central.property("hpi.bundledArtifacts"));
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldDependOnThePluginsThatTheManifestNames(String id) {
        Set<String> canonical = new TreeSet<>();
        Pom.canonical(id).dependencies().keySet().stream()
                .filter(key -> !key.startsWith("io.mldelivery:"))
                .forEach(key -> canonical.add(key.substring(key.indexOf(':') + 1)));

        assertThat(canonical).isEqualTo(new TreeSet<>(Hpi.of(id).dependencies().keySet()));
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldBundleTheSameEngine(String id) {
        assertThat(engines(Pom.canonical(id)))
                .isEqualTo(engines(Pom.central(id)))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldNameTheVersionsOfTheManifestInTheParent(String id) {
        Pom parent = Pom.read(Hpi.PLUGINS.resolve("pom-central.xml"));
        Map<String, String> manifest = Hpi.of(id).dependencies();

        manifest.forEach((plugin, version) -> assertThat(version)
                .as(plugin)
                .isEqualTo(
                        Hpi.IDS.contains(plugin)
                                ? parent.text("parent", "version")
                                : parent.property(plugin + ".version")));
        assertThat(parent.property("jenkins-bom.version"))
                .isEqualTo(Pom.canonical(id).property("jenkins-bom.version"));
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldMeetTheHostingRules(String id) {
        Pom canonical = Pom.canonical(id);

        assertThat(canonical.text("parent", "artifactId")).isEqualTo("plugin");
        assertThat(canonical.text("packaging")).isEqualTo("hpi");
        assertThat(canonical.text("licenses", "license", "name")).isEqualTo("MIT License");
        assertThat(canonical.property("jenkins.version")).isEqualTo("${jenkins.baseline}.3");
        assertThat(canonical.property("hpi.strictBundledArtifacts")).isEqualTo("true");
        assertThat(canonical.text("name").toLowerCase(java.util.Locale.ROOT)).doesNotContain("jenkins", "plugin");
        assertThat(canonical.text("url")).isEqualTo("https://github.com/jenkinsci/ml-delivery-plugin");
    }

    private static Set<String> engines(Pom pom) {
        Set<String> engines = new TreeSet<>(pom.dependencies().keySet());
        engines.removeIf(key -> !key.startsWith("io.mldelivery:engine-"));
        return engines;
    }
}
