package io.mldelivery.library;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.mldelivery.runner.Linter;
import io.mldelivery.runner.RunRequest;
import io.mldelivery.runner.Runner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the library as Jenkins would load it; the steps below it are stand-ins that say what they were called with. */
class DeliverModelTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Map<String, Path> LIBRARIES =
            Map.of("ml-delivery", ROOT, "fakes", ROOT.resolve("shared-library/src/test/fakes"));

    @TempDir
    private Path folder;

    private Result result;

    /** The log of a Pipeline that calls the library. */
    private String run(String pipeline) throws IOException {
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Path script = Files.writeString(
                repository.resolve("Jenkinsfile"), "@Library(['ml-delivery', 'fakes']) _\n" + pipeline);
        var log = new ByteArrayOutputStream();
        result = Runner.run(
                RunRequest.of(script, folder.resolve("home")).withLibraries(LIBRARIES),
                new PrintStream(log, true, StandardCharsets.UTF_8));
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldTakeAModelTheWholeRoadWithDefaults() throws Exception {
        String log = run("deliverModel name: 'late-flights'");

        assertThat(log)
                .containsSubsequence(
                        "(Train)",
                        "trainModel [environment:requirements.lock, experiment:late-flights, outputs:build/**, script:train.py]",
                        "(Gate)",
                        "evaluateGate [candidate:runs:/run1, champion:models:/late-flights@champion, policy:gate.yaml]",
                        "(Register)",
                        "registerModel [alias:challenger, gate:PASS, name:late-flights, run:run1]",
                        "(Roll out)",
                        "canaryDeploy [model:models:/late-flights/3, plan:rollout.yaml]",
                        "Finished: SUCCESS");
        assertThat(log).doesNotContain("driftCheck");
    }

    @Test
    void shouldPassOnWhatTheCallerGives() throws Exception {
        String log = run("""
                deliverModel name: 'm', script: 'fit.py', environment: 'lock.txt', data: ['a', 'b'], seed: 7,
                  parameters: [depth: 3], outputs: 'out/**', experiment: 'e', target: 'local:eu', drill: 'errors',
                  gate: 'policy.yaml', rollout: 'plan.yaml', drift: 'build/july.csv'
                """);

        assertThat(log)
                .containsSubsequence(
                        "trainModel [data:[a, b], environment:lock.txt, experiment:e, outputs:out/**, parameters:[depth:3],"
                                + " script:fit.py, seed:7]",
                        "policy:policy.yaml]",
                        "canaryDeploy [drill:errors, model:models:/m/3, plan:plan.yaml, target:local:eu]",
                        "driftCheck [current:build/july.csv, reference:build/reference.csv]",
                        "Finished: SUCCESS");
    }

    @Test
    void shouldPutAMapOfArgumentsOverTheDefaults() throws Exception {
        String log = run("""
                deliverModel name: 'm', train: [cache: false], gate: [onFail: 'unstable', champion: 'runs:/old'],
                  register: [alias: 'candidate'], rollout: [plan: 'p.yaml', onFail: 'ignore'],
                  drift: [reference: 'r.csv', current: 'c.csv', policy: 'd.yaml']
                """);

        assertThat(log)
                .contains(
                        "trainModel [cache:false, environment:",
                        "evaluateGate [candidate:runs:/run1, champion:runs:/old, onFail:unstable, policy:gate.yaml]",
                        "registerModel [alias:candidate,",
                        "canaryDeploy [model:models:/m/3, onFail:ignore, plan:p.yaml]",
                        "driftCheck [current:c.csv, policy:d.yaml, reference:r.csv]");
    }

    @Test
    void shouldLetAClosureTakeAStepsPlace() throws Exception {
        String log = run("""
                def delivery = deliverModel name: 'm',
                  train: { echo 'trained elsewhere'; [runId: 'other', uri: 'runs:/other'] },
                  rollout: { d -> echo "rolled out ${d.version.uri}"; [outcome: 'PASS'] }
                echo "run ${delivery.training.runId}, rollout ${delivery.rollout.outcome}"
                """);

        assertThat(log)
                .containsSubsequence(
                        "trained elsewhere",
                        "candidate:runs:/other",
                        "run:other",
                        "rolled out models:/m/3",
                        "run other, rollout PASS",
                        "Finished: SUCCESS");
        assertThat(log).doesNotContain("trainModel [", "canaryDeploy [");
    }

    @Test
    void shouldCallEveryHookWithWhatWasReached() throws Exception {
        String log = run("""
                deliverModel name: 'm', drift: 'c.csv',
                  before: { d -> echo "before: ${d.keySet().join(' ')}" },
                  afterTraining: { d -> echo "afterTraining: ${d.keySet().join(' ')}" },
                  afterGate: { d -> echo "afterGate: ${d.keySet().join(' ')}" },
                  afterRegistration: { d -> echo "afterRegistration: ${d.keySet().join(' ')}" },
                  afterRollout: { d -> echo "afterRollout: ${d.keySet().join(' ')}" },
                  afterDrift: { d -> echo "afterDrift: ${d.drift.driftedColumns}" },
                  always: { d -> echo "always: ${d.keySet().join(' ')}" }
                """);

        assertThat(log)
                .containsSubsequence(
                        "before: name",
                        "afterTraining: name training",
                        "afterGate: name training gate",
                        "afterRegistration: name training gate version",
                        "afterRollout: name training gate version rollout",
                        "afterDrift: [temp]",
                        "always: name training gate version rollout drift");
    }

    @Test
    void shouldRegisterNothingThatTheGateStopped() throws Exception {
        String log = run("deliverModel name: 'm', gate: 'strict.yaml', drift: 'c.csv', always: { echo 'tidied up' }");

        assertThat(log).contains("the gate says FAIL, so m is not registered: roc_auc 0.5 is below 0.6.", "tidied up");
        assertThat(log).doesNotContain("registerModel", "canaryDeploy", "driftCheck");
        assertThat(result).isEqualTo(Result.SUCCESS); // the step itself decides what a failed gate does to the build
    }

    @Test
    void shouldTidyUpWhenAStepFails() throws Exception {
        String log =
                run("deliverModel name: 'm', rollout: 'broken.yaml', drift: 'c.csv', always: { echo 'tidied up' }");

        assertThat(log).containsSubsequence("canaryDeploy [", "tidied up", "ERROR: rolled back", "Finished: FAILURE");
        assertThat(log).doesNotContain("driftCheck [");
    }

    @Test
    void shouldLeaveOutTheRollout() throws Exception {
        assertThat(run("deliverModel name: 'm', rollout: false"))
                .contains("registerModel", "Finished: SUCCESS")
                .doesNotContain("canaryDeploy");
    }

    @Test
    void shouldWorkInsideANodeAndInAFolderWithItsDriftPolicy() throws Exception {
        Files.createDirectories(folder.resolve("repository/models/late"));
        Files.writeString(folder.resolve("repository/models/late/drift.yaml"), "policy: psi\n");

        String log = run("node { checkout scm; deliverModel name: 'm', dir: 'models/late', drift: 'c.csv' }");

        assertThat(log).contains("driftCheck [current:c.csv, policy:drift.yaml, reference:build/reference.csv]");
        assertThat(log).containsOnlyOnce("[Pipeline] node").containsOnlyOnce("[Pipeline] checkout");
    }

    @Test
    void shouldWorkInADeclarativePipeline() throws Exception {
        String log = run("pipeline { agent any; stages { stage('Deliver') { steps { deliverModel(name: 'm') } } } }");

        assertThat(log).containsSubsequence("(Deliver)", "(Train)", "canaryDeploy [", "Finished: SUCCESS");
        assertThat(log).containsOnlyOnce("[Pipeline] node");
    }

    @Test
    void shouldNameOptionsThatItDoesNotKnow() throws Exception {
        assertThat(run("deliverModel name: 'm', polcy: 'gate.yaml'"))
                .contains("deliverModel: there is no option 'polcy'. Options: name, agent,", "Finished: FAILURE");
        assertThat(run("deliverModel data: 'data/*'")).contains("the option 'name' is missing", "Finished: FAILURE");
    }

    @Test
    void shouldRunWithoutNonCpsCodeAndStaticState() throws Exception {
        try (var files = Files.list(ROOT.resolve("vars"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".groovy")).toList()) {
                assertThat(file).content().doesNotContain("@NonCPS", "@Field", "static ", "Jenkins.get", "import ");
                assertThat(Path.of(file.toString().replace(".groovy", ".txt")))
                        .as("help of " + file)
                        .isNotEmptyFile();
            }
        }
    }

    @Test
    void shouldDescribeEveryOption() throws Exception {
        String code = Files.readString(ROOT.resolve("vars/deliverModel.groovy"));
        Set<String> options = quoted(code.substring(code.indexOf("known = ["), code.indexOf("for (String option")));

        assertThat(options).hasSize(25);
        for (Path text :
                List.of(ROOT.resolve("vars/deliverModel.txt"), ROOT.resolve("docs/reference/deliverModel.md"))) {
            String described = Files.readString(text);
            assertThat(options)
                    .as(text.toString())
                    .allMatch(option -> described.contains("`" + option + "`")
                            || described.contains(">" + option + "<")
                            || described.contains("<code>" + option + ":"));
        }
    }

    private static Set<String> quoted(String code) {
        Set<String> words = new TreeSet<>();
        Matcher matcher = Pattern.compile("'(\\w+)'").matcher(code);
        while (matcher.find()) {
            words.add(matcher.group(1));
        }
        return words;
    }

    @Test
    void shouldPassLint() throws Exception {
        Path sample = ROOT.resolve("sample-jenkinsfiles/one-call/Jenkinsfile");

        assertThat(Linter.lint(sample, LIBRARIES)).isEmpty();
        assertThat(Files.readAllLines(sample)).hasSizeLessThan(10);
    }
}
