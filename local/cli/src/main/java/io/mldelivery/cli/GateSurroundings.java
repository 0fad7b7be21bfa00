package io.mldelivery.cli;

import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.gate.GateContext;
import io.mldelivery.gate.history.PastBuild;
import io.mldelivery.gate.holdout.Allowance;
import io.mldelivery.gate.holdout.HoldoutFile;
import io.mldelivery.gate.holdout.HoldoutUse;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.model.GateModels;
import io.mldelivery.gate.scoring.ModelRuns;
import io.mldelivery.gate.scoring.ModelRuns.Side;
import io.mldelivery.gate.scoring.RowScoring;
import io.mldelivery.gate.scoring.Runner;
import io.mldelivery.gate.waiver.WaiverFile;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What {@code mldelivery gate} knows beyond the candidate: the job's folder, MLflow, and models to be run on rows. */
final class GateSurroundings {
    private static final int ATTEMPTS = 10;

    @Option(
            names = "--job",
            paramLabel = "DIR",
            description = "The job's folder, such as .mldelivery/jobs/NAME: earlier builds, waivers and the decisions"
                    + " by evaluation sets are there; this decision is added.")
    private Path job;

    @Option(
            names = "--rows",
            paramLabel = "FILE",
            description = "A table with ids, true values and features, on which the models are run.")
    private Path rows;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The candidate's model, for --rows and metamorphic cases. Default: that of --candidate.")
    private Path model;

    @Option(
            names = "--champion-model",
            paramLabel = "DIR",
            description = "The champion's model, for --rows. Default: that of --champion.")
    private Path championModel;

    @Option(
            names = "--runner",
            paramLabel = "server|python",
            description = "What runs the models: the model server (default), or Python, each in the environment of its"
                    + " training.")
    private String runner = "";

    @Option(
            names = "--environment",
            paramLabel = "LOCK",
            description = "The lock file of the candidate's training, for --runner python. Default: that of its run.")
    private Path environment;

    @Option(
            names = "--champion-environment",
            paramLabel = "LOCK",
            description = "The lock file of the champion's training, for --runner python. Default: that of its run.")
    private Path championEnvironment;

    @Option(
            names = "--serving",
            paramLabel = "JAR",
            defaultValue = "${env:MLDELIVERY_SERVING}",
            description = "The model server. Default: the environment variable MLDELIVERY_SERVING.")
    private String serving;

    private final Map<String, String> variables;

    /** @param variables of the environment */
    GateSurroundings(Map<String, String> variables) {
        this.variables = variables;
    }

    boolean hasRows() {
        return rows != null;
    }

    boolean hasModel() {
        return model != null;
    }

    boolean hasChampionModel() {
        return championModel != null;
    }

    /**
     * Judges, and again when another process decided by the same evaluation set in the meantime.
     *
     * @param candidate the address of the candidate's run or version; empty when there is none
     * @param champion the champion's, likewise
     */
    GateResult judge(String candidate, String champion, BiFunction<GateContext, GateModels, GateResult> gate) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            GateResult result = judgeOnce(candidate, champion, gate);
            if (job == null
                    || result.allowance().isEmpty()
                    || recorded(result, result.allowance().get())) {
                return result;
            }
        }
        throw new DeliveryException(Code.ENVIRONMENT, "others keep deciding by the same evaluation set", "Try again.");
    }

    private GateResult judgeOnce(
            String candidate, String champion, BiFunction<GateContext, GateModels, GateResult> gate) {
        List<PastBuild> history = job == null ? List.of() : history(job);
        Map<String, String> known = new HashMap<>(variables);
        if (serving != null && !serving.isEmpty()) {
            known.put(ModelRuns.SERVING, serving);
        }
        Path here = Path.of("");
        try (GateModels models = new GateModels(here, known, history.stream().findFirst());
                ModelRuns runs = new ModelRuns(here, models, known, System.err::println)) {
            return gate.apply(context(history, models, scoring(runs, candidate, champion)), models);
        }
    }

    private RowScoring scoring(ModelRuns runs, String candidate, String champion) {
        return runs.scoring(
                rows == null ? "" : rows.toString(),
                new Side("the candidate", text(model, candidate), Runner.of(runner), text(environment, "")),
                new Side(
                        "the champion",
                        text(championModel, champion),
                        Runner.of(runner),
                        text(championEnvironment, "")));
    }

    private static String text(Path given, String otherwise) {
        return given == null ? otherwise : given.toString();
    }

    private GateContext context(List<PastBuild> history, GateModels models, RowScoring scoring) {
        return new GateContext(
                history,
                models::other,
                job == null ? Optional.empty() : Optional.of(holdouts().read()),
                job == null ? List.of() : new WaiverFile(job.resolve(WaiverFile.NAME)).all(),
                Set.of(),
                Optional.of(scoring));
    }

    private boolean recorded(GateResult result, Allowance allowance) {
        return holdouts()
                .record(
                        allowance,
                        new HoldoutUse(
                                allowance.decision(),
                                System.getProperty("user.name"),
                                Instant.now(),
                                allowance.alpha(),
                                result.outcome().name()));
    }

    private HoldoutFile holdouts() {
        return new HoldoutFile(job.resolve(HoldoutFile.NAME));
    }

    /** The job's builds whose gate passed, newest first. */
    private static List<PastBuild> history(Path job) {
        Path builds = job.resolve("builds");
        if (!Files.isDirectory(builds)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(builds)) {
            return folders.filter(folder -> folder.getFileName().toString().matches("[0-9]+"))
                    .sorted(Comparator.comparing((Path folder) ->
                                    Long.valueOf(folder.getFileName().toString()))
                            .reversed())
                    .filter(folder -> Files.exists(folder.resolve("evidence.jsonl")))
                    .flatMap(folder -> PastBuild.of(
                            job.getFileName() + " #" + folder.getFileName(),
                            EvidenceLog.at(folder.resolve("evidence.jsonl")).read())
                            .stream())
                    .toList();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT, "cannot read " + builds + ": " + e.getMessage(), "Make the folder readable.", e);
        }
    }
}
