package io.jenkins.plugins.mldelivery.evidence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.mldelivery.Messages;
import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.report.BuildReport;
import io.mldelivery.report.StepSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/**
 * A build's evidence in its menu, on its page, and as a page and a JSON document of its own. What build.xml holds of it
 * is its name: the facts are in the {@linkplain BuildEvidence file}.
 */
public final class EvidenceAction implements RunAction2 {
    private transient Run<?, ?> run;

    /** Adds the action unless the build has it, and stores the build, so that a crash does not take the page away. */
    static void attachTo(Run<?, ?> run) {
        synchronized (run) {
            if (run.getAction(EvidenceAction.class) == null) {
                run.addAction(new EvidenceAction());
                store(run);
            }
        }
    }

    private static void store(Run<?, ?> run) {
        try {
            run.save();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot store " + run + ": " + e.getMessage(),
                    "Make the build's folder on the controller writable and see that its disk is not full.",
                    e);
        }
    }

    @Override
    public void onAttached(Run<?, ?> attachedTo) {
        run = attachedTo;
    }

    @Override
    public void onLoad(Run<?, ?> loadedFrom) {
        run = loadedFrom;
    }

    /** The build this belongs to; for the page. */
    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public String getIconFileName() {
        return "symbol-analytics";
    }

    @Override
    public String getDisplayName() {
        return Messages.EvidenceAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "model-delivery";
    }

    /** The steps' outcomes, for the build's page; none when the evidence cannot be shown. */
    public List<StepSummary> getSteps() {
        return report().map(BuildReport::steps).orElseGet(ArrayList::new);
    }

    /** Why the evidence cannot be shown, for the build's page; null when it can. */
    @CheckForNull
    public String getProblem() {
        try {
            BuildReport.of(log());
            return null;
        } catch (DeliveryException e) {
            return e.what();
        }
    }

    private Optional<BuildReport> report() {
        try {
            return Optional.of(BuildReport.of(log()));
        } catch (DeliveryException e) {
            return Optional.empty(); // the page shows getProblem instead
        }
    }

    private EvidenceLog log() {
        return EvidenceLog.at(BuildEvidence.of(run).file());
    }

    /** {@code report}: the document that docs/reference/report.md describes. */
    @GET
    public void doReport(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        run.checkPermission(Item.READ);
        send(response, "application/json", document());
    }

    private String document() {
        try {
            return BuildReport.of(log()).json().toString();
        } catch (DeliveryException e) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("problem", e.what())
                    .toString();
        }
    }

    /** {@code evidence.jsonl}: the file itself, for those who verify it elsewhere. */
    @GET
    @WebMethod(name = BuildEvidence.FILE_NAME)
    public void doEvidence(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        run.checkPermission(Item.READ);
        send(
                response,
                "application/jsonl",
                Files.readString(BuildEvidence.of(run).file()));
    }

    private static void send(StaplerResponse2 response, String type, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type + ";charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
