package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is handed to spark-submit and what is made of its end; engine/drift-spark tests what happens in between. */
class SparkDriftTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void buildJar() throws IOException {
        Path jar = folder.resolve("engine/drift-spark/target/mldelivery-drift-spark.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "jar");
        System.setProperty("mldelivery.root", folder.toString());
    }

    @AfterEach
    void forgetRoot() {
        System.clearProperty("mldelivery.root");
    }

    /** A spark-submit that notes its arguments, then does what the script says. */
    private void install(String script) throws IOException {
        Path submit = folder.resolve("spark/bin/spark-submit");
        Files.createDirectories(submit.getParent());
        Files.writeString(
                submit,
                "#!/bin/sh\nprintf '%s\\n' \"$@\" > '" + folder.resolve("arguments") + "'\nfor last; do :; done\n"
                        + script + "\n");
        Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int run(Object command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--engine", "spark", "--spark-home", folder.resolve("spark").toString()));
        return execute(command, all);
    }

    private int execute(Object command, List<String> arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println(e.getMessage());
                    return 64;
                })
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void shouldSubmitTheCheckAndEndWithItsVerdict() throws IOException {
        install("echo '{\"outcome\": \"FAIL\"}'; echo '{\"exitCode\":1}' > \"$last\"; exit 1");
        Files.writeString(folder.resolve("p.yaml"), "policy: psi");
        int code = run(
                new DriftCommand(),
                "--reference",
                "s3a://data/r",
                "--current",
                "s3a://data/c",
                "--policy",
                folder.resolve("p.yaml").toString(),
                "--master",
                "yarn",
                "--spark-conf",
                "spark.executor.memory=8g",
                "--name",
                "#7",
                "--json");
        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).isEqualToIgnoringNewLines("{\"outcome\": \"FAIL\"}");
        List<String> arguments = Files.readAllLines(folder.resolve("arguments"));
        assertThat(arguments.subList(0, 9))
                .containsExactly(
                        "--master",
                        "yarn",
                        "--deploy-mode",
                        "client",
                        "--conf",
                        "spark.executor.memory=8g",
                        "--class",
                        "io.mldelivery.spark.DriftOnSpark",
                        folder.resolve("engine/drift-spark/target/mldelivery-drift-spark.jar")
                                .toString());
        assertThat(arguments)
                .containsSequence("drift", "--reference", "s3a://data/r", "--current", "s3a://data/c")
                .containsSequence("--name", "#7")
                .containsSequence("--policy", folder.resolve("p.yaml").toString())
                .contains("--json", "--outcome");
    }

    @Test
    void shouldNotTakeSparksEndForAVerdict() throws IOException {
        install("exit 1");
        assertThat(run(new DriftCommand(), "--reference", "r", "--current", "c", "--json"))
                .isEqualTo(3);
        assertThat(err.toString())
                .startsWith("mldelivery: spark-submit ended with status 1 before there was a result")
                .contains("Its messages stand above");
        assertThat(out.toString()).contains("\"outcome\" : \"ERROR\"");
    }

    @Test
    void shouldSayWhatTheCheckOnSparkMet() throws IOException {
        install("echo '{\"code\":\"DATA\",\"what\":\"c: there is no such file\",\"advice\":\"Check the path.\"}'"
                + " > \"$last\"; exit 3");
        assertThat(run(new DriftCommand(), "--reference", "r", "--current", "c", "--json"))
                .isEqualTo(3);
        assertThat(err.toString()).isEqualToIgnoringNewLines("mldelivery: c: there is no such fileCheck the path.");
        assertThat(out.toString()).contains("\"reason\" : \"c: there is no such file\"");
    }

    @Test
    void shouldSubmitAProfile() throws IOException {
        install("echo 'a.profile: 3 columns'; echo '{\"exitCode\":0}' > \"$last\"");
        assertThat(run(new ProfileCommand(), "--reference", "hdfs:/r", "--output", "a.profile"))
                .isZero();
        assertThat(Files.readAllLines(folder.resolve("arguments")))
                .containsSequence("profile", "--reference", "hdfs:/r", "--output", "a.profile");
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        List<String> files = List.of("--reference", "r", "--current", "c", "--engine", "spark");
        List<String> nowhere = new ArrayList<>(files);
        nowhere.addAll(List.of("--spark-home", folder.resolve("nowhere").toString()));
        assertThat(execute(new DriftCommand(), nowhere)).isEqualTo(3);
        assertThat(err.toString()).contains("nowhere/bin/spark-submit: there is no such program");
        install("exit 0");
        Files.delete(folder.resolve("engine/drift-spark/target/mldelivery-drift-spark.jar"));
        assertThat(run(new DriftCommand(), "--reference", "r", "--current", "c"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("mvn -pl engine/drift-spark -am package");
    }

    @Test
    void shouldRefuseOptionsOfTheOtherEngine() throws IOException {
        install("exit 0");
        assertThat(run(new DriftCommand(), "--reference", "r", "--current", "c", "--memory", "64"))
                .isEqualTo(64);
        assertThat(err.toString()).contains("--memory is DuckDB's limit");
        assertThat(execute(new DriftCommand(), List.of("--reference", "r", "--current", "c", "--master", "yarn")))
                .isEqualTo(64);
        assertThat(err.toString()).contains("need the engine spark");
    }
}
