package io.mldelivery.cli;

import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.report.BuildFolders;
import io.mldelivery.report.BuildReport;
import io.mldelivery.report.ReportPage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mldelivery report}: a build's evidence as one page, written to a file or served on this machine. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Shows what a build did and decided, as one self-contained HTML page.")
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:MLDELIVERY_HOME:-.mldelivery}",
            description = "Where 'mldelivery run' keeps its builds (default: ${DEFAULT-VALUE}).")
    private Path home;

    @Option(names = "--job", paramLabel = "NAME", description = "The job (default: the one that ran last).")
    private String job;

    @Option(names = "--build", paramLabel = "N", description = "The build's number (default: the newest).")
    private Integer build;

    @ArgGroup
    private Destination destination = new Destination();

    /** Where the page goes: one of the two, or neither. */
    private static final class Destination {
        @Option(
                names = "--serve",
                paramLabel = "PORT",
                description = "Serve the page on 127.0.0.1 and follow the build while it runs; 0 takes a free port.")
        private Integer port;

        @Option(
                names = "--output",
                paramLabel = "FILE.html",
                description = "Write the page to this file (default: report.html in the build's folder).")
        private Path output;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path evidence = new BuildFolders(home).evidence(Optional.ofNullable(job), number());
        if (destination.port != null) {
            serve(evidence);
        } else {
            write(evidence);
        }
        return 0;
    }

    private OptionalInt number() {
        return build == null ? OptionalInt.empty() : OptionalInt.of(build);
    }

    private void serve(Path evidence) throws InterruptedException {
        try (ReportServer server = ReportServer.start(destination.port, () -> report(evidence))) {
            print(server.address().toString());
            Thread.currentThread().join(); // until the process is told to end
        }
    }

    private void write(Path evidence) {
        Path output = destination.output == null ? evidence.resolveSibling("report.html") : destination.output;
        String page = ReportPage.html(report(evidence));
        try {
            replace(output.toAbsolutePath(), page);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot write " + output + ": "
                            + (e instanceof NoSuchFileException ? "there is no such folder" : e.getMessage()),
                    "Name a file in a folder that exists and has space.",
                    e);
        }
        print(output.toString());
    }

    private static BuildReport report(Path evidence) {
        return BuildReport.of(EvidenceLog.at(evidence));
    }

    private static void replace(Path output, String content) throws IOException {
        Path temporary =
                Files.createTempFile(output.getParent(), output.getFileName().toString(), ".tmp");
        try {
            Files.writeString(temporary, content);
            try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(temporary, output, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
