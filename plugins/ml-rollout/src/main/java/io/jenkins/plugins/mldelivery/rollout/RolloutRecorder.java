package io.jenkins.plugins.mldelivery.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.mldelivery.evidence.EvidenceEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Writes a rollout's events into the build's log and evidence, each once: how many are there already is read from the
 * evidence, which survives a crash.
 */
final class RolloutRecorder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BuildEvidence evidence;
    private final PrintStream log;
    private final MailNotice mail;
    /** How many events of each rollout are recorded, as far as it was asked for. */
    private final Map<String, Integer> counted = new HashMap<>();

    private RolloutRecorder(BuildEvidence evidence, PrintStream log, MailNotice mail) {
        this.evidence = evidence;
        this.log = log;
        this.mail = mail;
    }

    static RolloutRecorder of(StepContext context) throws IOException, InterruptedException {
        return new RolloutRecorder(
                BuildEvidence.of(context.get(Run.class)),
                context.get(TaskListener.class).getLogger(),
                new MailNotice(context));
    }

    /** How many events of this rollout the evidence holds. */
    int recorded(String id) {
        return counted.computeIfAbsent(id, any -> (int)
                evidence.events().stream().filter(event -> belongs(event, id)).count());
    }

    private static boolean belongs(EvidenceEvent event, String id) {
        JsonNode data = event.data();
        return event.type().startsWith("rollout.") && data.path("id").asText().equals(id)
                || data.path("rollout").asText().equals(id);
    }

    void record(RolloutNews news) throws IOException {
        for (RolloutNews.Event event : news.events) {
            evidence.append(event.type, JSON.readTree(event.data));
            counted.computeIfPresent(news.id, (id, count) -> count + 1);
            log.println("[rollout] " + event.text);
            mail.send(event, news.targetName);
        }
        if (!news.id.isEmpty() && news.finished && !news.address.isEmpty()) {
            log.println("[rollout] requests go to " + news.address);
        }
    }
}
