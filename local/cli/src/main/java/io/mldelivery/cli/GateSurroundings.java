package io.mldelivery.cli;

import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.gate.GateContext;
import io.mldelivery.gate.history.PastBuild;
import io.mldelivery.gate.holdout.Allowance;
import io.mldelivery.gate.holdout.HoldoutFile;
import io.mldelivery.gate.holdout.HoldoutUse;
import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.metric.MetricFiles;
import io.mldelivery.gate.scoring.Predictor;
import io.mldelivery.gate.scoring.RowScoring;
import io.mldelivery.gate.scoring.ServedModel;
import io.mldelivery.gate.waiver.WaiverFile;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What {@code mldelivery gate} knows beyond the candidate: the job's folder, and models to be run on rows. */
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

    @Option(names = "--model", paramLabel = "DIR", description = "The candidate's model, for --rows.")
    private Path model;

    @Option(names = "--champion-model", paramLabel = "DIR", description = "The champion's model, for --rows.")
    private Path championModel;

    @Option(
            names = "--serving",
            paramLabel = "JAR",
            defaultValue = "${env:MLDELIVERY_SERVING}",
            description = "The model server. Default: the environment variable MLDELIVERY_SERVING.")
    private String serving;

    boolean hasRows() {
        return rows != null;
    }

    boolean hasChampionModel() {
        return championModel != null;
    }

    /** Judges, and again when another process decided by the same evaluation set in the meantime. */
    GateResult judge(Function<GateContext, GateResult> gate) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            GateResult result = rows == null ? gate.apply(context()) : judgeRows(gate);
            if (job == null
                    || result.allowance().isEmpty()
                    || recorded(result, result.allowance().get())) {
                return result;
            }
        }
        throw new DeliveryException(Code.ENVIRONMENT, "others keep deciding by the same evaluation set", "Try again.");
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

    private GateContext context() {
        return new GateContext(
                job == null ? List.of() : history(job),
                file -> new Champion.Present(MetricFiles.read(Path.of(file), file)),
                job == null ? Optional.empty() : Optional.of(holdouts().read()),
                job == null ? List.of() : new WaiverFile(job.resolve(WaiverFile.NAME)).all(),
                Set.of(),
                Optional.empty());
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

    private GateResult judgeRows(Function<GateContext, GateResult> gate) {
        try {
            Path work = Files.createTempDirectory("gate");
            try (RowScoring scoring = new RowScoring(
                    Path.of(""),
                    rows.toString(),
                    work,
                    () -> start(model, "--model", work.resolve("candidate")),
                    () -> start(championModel, "--champion-model", work.resolve("champion")))) {
                return gate.apply(context().with(scoring));
            } finally {
                delete(work);
            }
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT, "cannot write temporary files: " + e.getMessage(), "Free disk space.", e);
        }
    }

    private Predictor start(Path folder, String option, Path work) {
        if (folder == null || !Files.isDirectory(folder)) {
            throw new DeliveryException(
                    Code.CONFIG,
                    folder == null ? option + " is missing" : folder + " is no folder",
                    "Name the folder of the model that is to be run on --rows.");
        }
        if (serving == null || serving.isEmpty() || !Files.isRegularFile(Path.of(serving))) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "there is no model server to run " + folder,
                    "Name serving.jar by --serving or MLDELIVERY_SERVING.");
        }
        try {
            return ServedModel.start(
                    Path.of(serving), folder.toAbsolutePath(), Files.createDirectories(work), folder.toString());
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT, "cannot write " + work + ": " + e.getMessage(), "Free disk space.", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
