package io.mldelivery.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkArchitectureTest {
    private final JavaClasses own = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mldelivery.spark");

    @Test
    void shouldFollowTheDiagram(@TempDir Path folder) throws IOException {
        String document = Files.readString(Path.of(System.getProperty("basedir", "."), "../../docs/architecture.md"));
        Matcher block =
                Pattern.compile("```plantuml\\n(.*?)```", Pattern.DOTALL).matcher(document);
        assertThat(block.find()).isTrue();
        Path diagram = Files.writeString(folder.resolve("modules.puml"), block.group(1));
        classes()
                .should(adhereToPlantUmlDiagram(diagram, consideringOnlyDependenciesInDiagram()))
                .check(own);
    }

    @Test
    void shouldUseDriftDataAndModelOnly() {
        assertThat(own).isNotEmpty();
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.mldelivery.registry..",
                        "io.mldelivery.process..",
                        "io.mldelivery.cli..",
                        "io.mldelivery.drift.duckdb..",
                        "org.duckdb..",
                        "io.jenkins..",
                        "hudson..",
                        "jenkins..")
                .because("a cluster has none of these")
                .check(own);
    }
}
