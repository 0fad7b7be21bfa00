package io.mldelivery.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.evidence.Verification;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.model.Outcome;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code mldelivery verify}: whether a record of evidence is as it was written. Exit code 0: it is, 1: it was changed,
 * 2: it may lack its end, 3: it cannot be read.
 */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Checks that a build's evidence is unchanged and complete, or that Jenkins would accept an update site.",
        subcommands = VerifySiteCommand.class,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:unchanged and complete",
            "1:changed after it was written",
            "2:may lack its end",
            "3:cannot be read",
            "64:wrong command line"
        })
final class VerifyCommand implements Callable<Integer> {
    private static final String EVIDENCE = "evidence.jsonl";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "EVIDENCE_OR_BUNDLE",
            arity = "0..1",
            description = "An evidence.jsonl, or the folder that holds it.")
    private Path given;

    @Option(
            names = "--head",
            paramLabel = "SHA256",
            description =
                    "What the build's log says the last line's hash is; proves that no line is missing at the end.")
    private String head;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Override
    public Integer call() {
        if (given == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'EVIDENCE_OR_BUNDLE'");
        }
        Path file = Files.isDirectory(given) ? given.resolve(EVIDENCE) : given;
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        Outcome outcome = check(file, result);
        print(result);
        return outcome.exitCode();
    }

    private Outcome check(Path file, ObjectNode result) {
        if (!Files.isReadable(file)) {
            return conclude(result, Outcome.ERROR, file + ": there is no readable file here.");
        }
        try {
            Verification verification = EvidenceLog.at(file).verify();
            result.put("events", verification.events().size()).put("head", verification.head());
            return judge(verification, result);
        } catch (DeliveryException e) {
            return conclude(result, e.code() == Code.DATA ? Outcome.FAIL : Outcome.ERROR, e.what() + ".");
        }
    }

    private Outcome judge(Verification verification, ObjectNode result) {
        if (head != null && !head.equalsIgnoreCase(verification.head())) {
            return conclude(
                    result,
                    Outcome.FAIL,
                    "The last line's hash is " + verification.head() + ", not " + head
                            + ": lines were removed or changed at the end.");
        }
        if (verification.notice().isPresent()) {
            return conclude(result, Outcome.INCONCLUSIVE, verification.notice().get());
        }
        return conclude(result, Outcome.PASS, verification.events().size() + " events, unchanged and complete.");
    }

    private static Outcome conclude(ObjectNode result, Outcome outcome, String reason) {
        result.put("outcome", outcome.name()).put("reason", reason);
        return outcome;
    }

    private void print(ObjectNode result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(result);
        } else {
            out.println(
                    result.get("outcome").asText() + ": " + result.get("reason").asText());
            if (result.has("head")) {
                out.println("Head: " + result.get("head").asText());
            }
        }
        out.flush();
    }
}
