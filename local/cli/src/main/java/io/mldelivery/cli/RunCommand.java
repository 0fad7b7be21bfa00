package io.mldelivery.cli;

import hudson.model.Result;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.registry.server.MlflowServer;
import io.mldelivery.runner.RunRequest;
import io.mldelivery.runner.Runner;
import io.mldelivery.runner.RunnerException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mldelivery run}: runs a Jenkinsfile here, without a controller, and resumes one that was killed. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a Jenkinsfile without a Jenkins controller.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:SUCCESS",
            "1:UNSTABLE",
            "2:FAILURE",
            "3:NOT_BUILT",
            "4:ABORTED",
            "64:usage error",
            "70:internal error"
        })
final class RunCommand implements Callable<Integer> {
    private static final String TRACKING = "MLFLOW_TRACKING_URI";

    @Mixin
    private JenkinsfileOption jenkinsfile;

    @Option(
            names = {"-a", "--arg"},
            paramLabel = "KEY=VALUE",
            description = "A build parameter; may be given several times.")
    private final Map<String, String> parameters = new LinkedHashMap<>();

    @Mixin
    private LibraryOption libraries;

    @Option(
            names = "--answer",
            paramLabel = "ID=VALUE",
            description = "The answer to an input step, by its id; '*' answers all. Otherwise the terminal is asked.")
    private final Map<String, String> answers = new LinkedHashMap<>();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:MLDELIVERY_HOME:-.mldelivery}",
            description = "Keeps builds, workspaces, MLflow and targets (default: ${DEFAULT-VALUE}).")
    private Path home;

    @Option(names = "--job", paramLabel = "NAME", description = "The job's name (default: the Jenkinsfile's folder).")
    private String job;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "The workspace of the first node (default: a folder below the home).")
    private Path workspace;

    @Option(
            names = "--triggers",
            paramLabel = "FILE",
            description =
                    "The triggers, in YAML, that driftCheck may ask for a retraining, which runs after the build.")
    private Path triggers;

    @Option(names = "--resume", description = "Goes on with the job's last build, which was killed.")
    private boolean resume;

    @Option(names = "--events", paramLabel = "FILE", description = "Gets one JSON line for each event of the build.")
    private Path events;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            return run(request());
        } catch (RunnerException e) {
            throw new DeliveryException(DeliveryException.Code.CONFIG, e.getMessage(), e.advice(), e);
        }
    }

    private int run(RunRequest request) throws IOException, InterruptedException {
        PrintStream log = System.out;
        if (System.getenv(TRACKING) != null || !PipelineText.mayTrack(request.script())) {
            return build(request, log);
        }
        try (MlflowServer server = MlflowServer.start(home, home, Map.of(), System.err::println)) {
            Map<String, String> environment = new LinkedHashMap<>(request.environment());
            environment.put(TRACKING, server.uri().toString());
            return build(request.withEnvironment(environment), log);
        }
    }

    /** Runs the build, then the retrainings that its drift checks asked for; the result is the build's. */
    private int build(RunRequest request, PrintStream log) throws IOException, InterruptedException {
        if (triggers == null) {
            return exitCode(Runner.run(request, log));
        }
        var retraining = new LocalRetraining(home, triggers, Clock.systemUTC());
        LocalRetrainingDesk.use(retraining::answer);
        try {
            Result result = Runner.run(request, log);
            retraining.run(log::println);
            return exitCode(result);
        } finally {
            LocalRetrainingDesk.use(asked -> Optional.empty());
        }
    }

    private RunRequest request() throws IOException {
        home = home.toAbsolutePath().normalize();
        Files.createDirectories(home);
        RunRequest request = RunRequest.of(jenkinsfile.file(), home)
                .withParameters(parameters)
                .withLibraries(libraries.folders())
                .withAnswers(answers)
                .withEnvironment(environment());
        request = job == null ? request : request.withJob(job);
        request = workspace == null ? request : request.withWorkspace(workspace);
        request = events == null ? request : request.withEvents(events);
        return resume ? request.resuming() : request;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("MLDELIVERY_HOME", home.toString());
        built("MLDELIVERY_SERVING", "serving-image/target/serving.jar", environment);
        built("MLDELIVERY_SERVING_IMAGE", "serving-image/image/target/serving-image.jar", environment);
        return environment;
    }

    /** Names a program of this checkout, unless the user named another one. */
    private static void built(String variable, String path, Map<String, String> environment) {
        String root = System.getProperty("mldelivery.root");
        if (System.getenv(variable) == null && root != null && Files.isRegularFile(Path.of(root, path))) {
            environment.put(variable, Path.of(root, path).toString());
        }
    }

    /** The exit code of a build's result, as jenkinsfile-runner's users know it. */
    static int exitCode(Result result) {
        return result.ordinal;
    }
}
