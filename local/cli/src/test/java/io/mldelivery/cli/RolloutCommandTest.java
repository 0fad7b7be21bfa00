package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RolloutCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private String problem = "";

    @Test
    void shouldSayThatThereIsNoRollout() {
        assertThat(run("status", "--home", folder.toString())).isZero();
        assertThat(out.toString()).contains("no rollout below " + folder);
        assertThat(run("abort", "--home", folder.toString())).isNotZero();
        assertThat(problem).contains("no rollout is under way below " + folder);
    }

    @Test
    void shouldNameTheTargetsToChooseFrom() throws Exception {
        assertThat(run("stop", "--home", folder.toString())).isNotZero();
        assertThat(problem).contains("there is no target below " + folder, "Roll a model out first");
        Files.createDirectories(folder.resolve("targets/a"));
        Files.createDirectories(folder.resolve("targets/b"));

        assertThat(run("stop", "--home", folder.toString())).isNotZero();
        assertThat(problem)
                .contains("which target below " + folder + " is meant?")
                .contains("Name one of: a, b.");
        assertThat(run("stop", "c", "--home", folder.toString())).isNotZero();
        assertThat(problem).contains("there is no target c below " + folder, "Name one of: a, b.");
        assertThat(run("stop", "a", "--home", folder.toString())).isZero();
        assertThat(out.toString()).contains("local/a is stopped");
        assertThat(run("revert", "a", "--home", folder.toString())).isNotZero();
        assertThat(problem).contains("local/a serves no version to go back from");
    }

    @Test
    void shouldPrintTheRightsThatATargetNeeds() throws Exception {
        Files.writeString(
                folder.resolve("serving.yaml"), "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: '${name}'}\n");
        Path target = Files.writeString(folder.resolve("target.yaml"), """
                kind: kubernetes
                name: flights
                namespace: ml
                template: serving.yaml
                router: {kind: http-route, name: flights}
                metrics: {kind: pods}
                """);

        assertThat(run("rbac", "--target", target.toString())).isZero();
        assertThat(out.toString())
                .contains("kind: Role")
                .contains("resources: [\"httproutes\"], verbs: [get, list, patch, watch]");
        assertThat(run("rbac")).isNotZero();
        assertThat(problem).contains("Add --target target.yaml.");
    }

    private int run(String... arguments) {
        var line = new CommandLine(new RolloutCommand());
        line.setOut(new PrintWriter(out));
        line.setExecutionExceptionHandler((e, command, result) -> {
            problem = e.getMessage();
            return 1;
        });
        return line.execute(arguments);
    }
}
