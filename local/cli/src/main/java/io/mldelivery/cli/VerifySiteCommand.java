package io.mldelivery.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.model.Outcome;
import io.mldelivery.site.Controller;
import io.mldelivery.site.SiteReport;
import io.mldelivery.site.SiteVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mldelivery verify site}: whether Jenkins would accept an update site. Exit code 0: it would, 1: it would not. */
@Command(
        name = "site",
        mixinStandardHelpOptions = true,
        description = "Checks an update site as Jenkins does: signatures, sums, files, and what a controller lacks.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:Jenkins would accept the site", "1:it would not", "64:wrong command line, no such site"})
final class VerifySiteCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder of the site.")
    private Path site;

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description = "Root certificate, as the controllers have it. Without it the site's own rootCA.crt is used;"
                    + " compare the fingerprint that is printed.")
    private Path root;

    @Option(
            names = "--core",
            paramLabel = "VERSION",
            description = "Version of the controller, to find plugins that need a newer one.")
    private String core;

    @Option(
            names = "--controller-plugins",
            paramLabel = "FILE",
            description = "plugins.txt of the controller, to find dependencies that are missing or too old.")
    private Path controllerPlugins;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Optional<Map<String, String>> plugins =
                controllerPlugins == null ? Optional.empty() : Optional.of(Controller.plugins(controllerPlugins));
        Path certificate = root == null ? site.resolve("rootCA.crt") : root;
        SiteReport report = SiteVerifier.verify(site, certificate, new Controller(Optional.ofNullable(core), plugins));
        Outcome outcome = report.findings().isEmpty() ? Outcome.PASS : Outcome.FAIL;
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(document(report, outcome));
        } else {
            text(report, outcome, out);
        }
        out.flush();
        return outcome.exitCode();
    }

    private static ObjectNode document(SiteReport report, Outcome outcome) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("outcome", outcome.name()).put("plugins", report.plugins()).put("versions", report.versions());
        result.put("rootFingerprint", report.rootFingerprint());
        result.put("validUntil", report.validUntil().toString());
        report.findings().forEach(result.putArray("findings")::add);
        return result;
    }

    private static void text(SiteReport report, Outcome outcome, PrintWriter out) {
        report.findings().forEach(finding -> out.println("- " + finding));
        out.println(outcome + ": " + report.plugins() + " plugins in " + report.versions() + " versions, "
                + report.findings().size() + " findings.");
        out.println("Root certificate, SHA-256 " + report.rootFingerprint() + "; signatures hold until "
                + report.validUntil().toString().substring(0, 10) + ".");
    }
}
