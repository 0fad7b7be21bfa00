package io.mldelivery.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInDiagram;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the rules of docs/architecture.md. */
class ArchitectureTest {
    private static final String[] ENGINE = {
        "io.mldelivery.model..",
        "io.mldelivery.config..",
        "io.mldelivery.stats..",
        "io.mldelivery.evidence..",
        "io.mldelivery.report..",
        "io.mldelivery.data..",
        "io.mldelivery.kubernetes..",
        "io.mldelivery.registry..",
        "io.mldelivery.python..",
        "io.mldelivery.process..",
        "io.mldelivery.digest..",
        "io.mldelivery.training..",
        "io.mldelivery.gate..",
        "io.mldelivery.rollout..",
        "io.mldelivery.drift..",
        "io.mldelivery.retraining.."
    };
    /** What Jenkins calls the nested descriptor of every step and every other extension with a form. */
    private static final String JENKINS_DESCRIPTOR = "DescriptorImpl";

    private static final String PLUGINS = "io.jenkins.plugins.mldelivery..";

    private static JavaClasses product;

    @BeforeAll
    static void importClasses() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.mldelivery", "io.jenkins.plugins.mldelivery");
    }

    @Test
    void shouldFindTheWholeProduct() {
        assertThat(product.size()).isGreaterThan(200);
        assertThat(product.that(resideInAPackage(PLUGINS))).isNotEmpty();
        for (String engine : ENGINE) {
            assertThat(product.that(resideInAPackage(engine))).as(engine).isNotEmpty();
        }
    }

    @Test
    void shouldFollowTheDiagram(@TempDir Path folder) throws IOException {
        Path diagram = Files.writeString(folder.resolve("modules.puml"), diagramOf("docs/architecture.md"));
        classes()
                .that()
                .resideInAnyPackage(ENGINE)
                .should(adhereToPlantUmlDiagram(diagram, consideringOnlyDependenciesInDiagram()))
                .check(product);
    }

    @Test
    void shouldKeepJenkinsOutOfTheEngine() {
        noClasses()
                .that()
                .resideInAnyPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "hudson..",
                        "jenkins..",
                        "org.kohsuke..",
                        "org.jenkinsci..",
                        "groovy..",
                        "org.codehaus.groovy..",
                        "jakarta.servlet..",
                        "javax.servlet..",
                        "io.jenkins..",
                        "io.mldelivery.local..",
                        "io.mldelivery.runner..",
                        "io.mldelivery.cli..")
                .because("the engine also runs where there is no Jenkins")
                .check(product);
    }

    @Test
    void shouldHaveNoPackageCycles() {
        slices().matching("io.mldelivery.(**)").should().beFreeOfCycles().check(product);
        slices().matching("io.jenkins.plugins.mldelivery.(**)")
                .should()
                .beFreeOfCycles()
                .check(product);
    }

    @Test
    void shouldKeepPluginsAwayFromTheLauncher() {
        noClasses()
                .that()
                .resideInAPackage(PLUGINS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.mldelivery.local..", "io.mldelivery.runner..", "io.mldelivery.cli..", "picocli..")
                .because("these do not exist in a Jenkins controller")
                .check(product);
    }

    @Test
    void shouldLeaveSparkToTheCluster() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "io.mldelivery.spark..")
                .because("what runs on a cluster is submitted, and Spark is large")
                .check(product);
    }

    @Test
    void shouldCallNothingAManager() {
        noClasses()
                .that()
                .doNotHaveSimpleName(JENKINS_DESCRIPTOR)
                .should()
                .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl)$")
                .because("such names say nothing about the subject")
                .check(product.that(resideInAPackage("io.mldelivery..").or(resideInAPackage(PLUGINS))));
    }

    private static String diagramOf(String document) throws IOException {
        Matcher matcher = Pattern.compile("```plantuml\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of(System.getProperty("basedir", "."), "../..", document)));
        assertThat(matcher.find()).as("a plantuml block in " + document).isTrue();
        return matcher.group(1);
    }
}
