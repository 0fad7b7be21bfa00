package io.mldelivery.cli;

import io.mldelivery.gate.file.ReportFile;
import io.mldelivery.gate.metric.MetricFiles;
import io.mldelivery.gate.policy.PredictionColumns;
import io.mldelivery.gate.predictions.EvaluationSet;
import io.mldelivery.gate.predictions.PredictionFiles;
import io.mldelivery.gate.predictions.PredictionReader;
import io.mldelivery.gate.starter.StarterPolicy;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mldelivery gate init}: a first policy for a model. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Writes a policy to start from, by a file of metrics or of predictions.")
final class GateInitCommand implements Callable<Integer> {
    /** By what the policy is written. */
    static final class Given {
        @Option(names = "--metrics", required = true, paramLabel = "FILE", description = "The model's metrics.")
        private Path metrics;

        @Option(names = "--predictions", required = true, paramLabel = "FILE", description = "The model's predictions.")
        private Path predictions;
    }

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Given given;

    @Option(names = "--output", paramLabel = "FILE", description = "A new file for the policy. Default: print it.")
    private Path output;

    @Override
    public Integer call() {
        String policy = given.metrics != null
                ? StarterPolicy.of(MetricFiles.read(given.metrics, given.metrics.toString()))
                : StarterPolicy.of(given.predictions.toString(), predictions());
        if (output == null) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(policy);
            out.flush();
            return 0;
        }
        if (Files.exists(output)) {
            throw new DeliveryException(
                    Code.CONFIG, output + ": there is such a file already", "Name another file, or remove this one.");
        }
        ReportFile.write(output, policy);
        return 0;
    }

    private EvaluationSet predictions() {
        var files = new PredictionFiles(Path.of(""), given.predictions.toString(), Optional.empty());
        return PredictionReader.read(files, PredictionColumns.standard(), Optional.empty(), List.of());
    }
}
