package io.mldelivery.cli;

import io.mldelivery.gate.judge.Waiver;
import io.mldelivery.gate.waiver.WaiverFile;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mldelivery gate waive}: lets one version pass although a rule does not, until some day. */
@Command(
        name = "waive",
        mixinStandardHelpOptions = true,
        description = "Lets one version pass a gate for some time although a named rule does not pass. Who may write"
                + " into the job's folder may waive; a Jenkins has a permission and a page for it.")
final class GateWaiveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--job", required = true, paramLabel = "DIR", description = "The job's folder.")
    private Path job;

    @Option(names = "--rule", required = true, description = "The rule's name, as in the gate's table.")
    private String rule;

    @Option(names = "--version", required = true, description = "The version, as the gate names it.")
    private String version;

    @Option(names = "--reason", defaultValue = "", description = "Why it may pass.")
    private String reason;

    @Option(
            names = "--until",
            defaultValue = "",
            paramLabel = "DAY",
            description = "The last day (UTC), as 2026-12-31; at most a year from now.")
    private String until;

    @Option(names = "--revoke", description = "Take the waiver back instead.")
    private boolean revoke;

    @Override
    public Integer call() {
        WaiverFile file = new WaiverFile(job.resolve(WaiverFile.NAME));
        PrintWriter out = spec.commandLine().getOut();
        if (revoke) {
            if (!file.revoke(rule, version)) {
                throw new DeliveryException(
                        Code.CONFIG,
                        "there is no waiver of '" + rule + "' for " + version,
                        "Look into " + job.resolve(WaiverFile.NAME) + ".");
            }
            out.println("Revoked.");
        } else {
            Waiver waiver = new Waiver(rule, version, reason, System.getProperty("user.name"), Instant.now(), end());
            file.add(waiver);
            out.println("'" + rule + "' is waived for " + version + " until " + waiver.until() + ".");
        }
        out.flush();
        return 0;
    }

    private Instant end() {
        try {
            return LocalDate.parse(until)
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw new DeliveryException(
                    Code.CONFIG, "--until: '" + until + "' is no day", "Write it as 2026-12-31.", e);
        }
    }
}
