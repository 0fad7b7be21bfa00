package io.mldelivery.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.evidence.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One build as its evidence tells it: a document for pages ({@link #json}, described in docs/reference/report.md) and a
 * line for each step ({@link #steps}). Types of events that it does not know are left out.
 *
 * <p>A snapshot: a build that is running gives another report later.
 */
public final class BuildReport {
    private static final List<String> OWN_KEYS = List.of("at", "section", "steps", "finished");

    private final Verification evidence;
    private final ObjectNode build = node();
    private final List<ObjectNode> trainings = new ArrayList<>();
    private final List<ObjectNode> gates = new ArrayList<>();
    private final List<ObjectNode> models = new ArrayList<>();
    private final List<ObjectNode> aliases = new ArrayList<>();
    private final Map<String, ObjectNode> rollouts = new LinkedHashMap<>();
    private final List<ObjectNode> drifts = new ArrayList<>();
    private final List<StepSummary> steps = new ArrayList<>();

    private BuildReport(Verification evidence) {
        this.evidence = evidence;
        evidence.events().forEach(this::add);
        summarizeRollouts();
    }

    /** The report of verified evidence. */
    public static BuildReport of(Verification evidence) {
        return new BuildReport(evidence);
    }

    /** The report of the evidence in this log. Fails when the chain is broken. */
    public static BuildReport of(EvidenceLog log) {
        return of(log.verify());
    }

    private void add(EvidenceEvent event) {
        switch (event.type()) {
            case "build.started" -> started(event);
            case "build.finished" -> build.setAll(timed(event, "finishedAt"));
            case "training.finished" -> training(timed(event, "at"));
            case "gate.evaluated" -> judged("evaluateGate", "gate", timed(event, "at"), gates);
            case "drift.checked" -> judged("driftCheck", "drift", timed(event, "at"), drifts);
            case "retraining.requested" -> requested(timed(event, "at"));
            case "model.registered" -> registered(timed(event, "at"));
            case "alias.set" -> aliases.add(timed(event, "at"));
            case "rollout.started" -> startRollout(event);
            case "rollout.step" -> rolloutOf(event).withArray("steps").add(since(event));
            case "rollout.finished" -> finishRollout(event);
            case "rollout.unneeded" -> unneededRollout(event);
            default -> {
                // a later version's event; docs/reference/evidence.md promises that readers skip it
            }
        }
    }

    /** The event is written with the first step's; the build itself may have started before. */
    private void started(EvidenceEvent event) {
        build.setAll(timed(event, "startedAt"));
        Facts.find(event.data(), "startedAt").ifPresent(at -> build.put("startedAt", at));
    }

    private static ObjectNode timed(EvidenceEvent event, String key) {
        ObjectNode data = event.data() instanceof ObjectNode object ? object.deepCopy() : node();
        return data.put(key, event.time().toString());
    }

    private void training(ObjectNode data) {
        String section = section("training", trainings.size());
        trainings.add(data);
        if (!build.has("commit") && data.has("commit")) {
            build.set("commit", data.get("commit"));
        }
        describe(data, "trainModel", Facts.outcome(data), Sentences.training(data), section);
    }

    private void judged(String step, String kind, ObjectNode data, List<ObjectNode> all) {
        String section = section(kind, all.size());
        all.add(data);
        describe(data, step, Facts.outcome(data), Sentences.judged(data), section);
    }

    /** Belongs to the check that asked for it, the last one. */
    private void requested(ObjectNode retraining) {
        if (!drifts.isEmpty()) {
            drifts.get(drifts.size() - 1).set("retraining", retraining);
        }
    }

    private void registered(ObjectNode data) {
        models.add(data);
        describe(data, "registerModel", "PASS", Sentences.registered(data), "registration");
    }

    private void describe(ObjectNode data, String step, String outcome, String sentence, String section) {
        data.put("section", section).put("verdict", outcome).put("sentence", sentence);
        steps.add(new StepSummary(step, outcome, sentence, section));
    }

    private static String section(String kind, int before) {
        return before == 0 ? kind : kind + "-" + (before + 1);
    }

    private void startRollout(EvidenceEvent event) {
        ObjectNode rollout = rolloutOf(event);
        if (event.data() instanceof ObjectNode data) {
            ObjectNode facts = data.deepCopy();
            facts.remove(OWN_KEYS);
            rollout.setAll(facts);
        }
    }

    /** The rollout that the event belongs to; an event without its beginning makes one. */
    private ObjectNode rolloutOf(EvidenceEvent event) {
        String id = Facts.find(event.data(), "id").orElse("");
        return rollouts.computeIfAbsent(id, key -> newRollout(event.time()));
    }

    private ObjectNode newRollout(Instant at) {
        String section = section("rollout", rollouts.size());
        steps.add(new StepSummary("canaryDeploy", Facts.RUNNING, "", section));
        ObjectNode rollout = node().put("at", at.toString()).put("section", section);
        rollout.putArray("steps");
        return rollout;
    }

    private ObjectNode since(EvidenceEvent event) {
        Instant start = Instant.parse(rolloutOf(event).get("at").asText());
        return timed(event, "at")
                .put("seconds", Duration.between(start, event.time()).toMillis() / 1000.0);
    }

    private void finishRollout(EvidenceEvent event) {
        ObjectNode rollout = rolloutOf(event);
        ObjectNode finished = since(event);
        rollout.set("finished", finished);
        if (event.data().path("seconds").isNumber()) {
            finished.set("seconds", event.data().get("seconds"));
        }
        for (String key : List.of("weights", "seconds", "rollbackSeconds")) {
            if (finished.has(key)) {
                rollout.set(key, finished.get(key));
            }
        }
    }

    /** The version had all requests before: a rollout that ends as it begins. */
    private void unneededRollout(EvidenceEvent event) {
        ObjectNode rollout = newRollout(event.time());
        ObjectNode data = timed(event, "at");
        rollout.setAll((ObjectNode) data.deepCopy().retain("model", "target", "weights"));
        rollout.set("previous", data.path("model"));
        rollout.set("finished", data.retain("at", "outcome", "reason"));
        rollouts.put(rollout.get("section").asText() + " at " + event.time(), rollout);
    }

    /** Only now is it known whether a rollout without an end goes on or was lost with its build. */
    private void summarizeRollouts() {
        for (ObjectNode rollout : rollouts.values()) {
            String unfinished = evidence.finished() ? "ERROR" : Facts.RUNNING;
            String outcome = rollout.has("finished") ? Facts.outcome(rollout.get("finished")) : unfinished;
            String sentence = Sentences.rollout(rollout, evidence.finished());
            rollout.put("verdict", outcome).put("sentence", sentence);
            String section = rollout.get("section").asText();
            steps.replaceAll(step ->
                    step.section().equals(section) ? new StepSummary(step.step(), outcome, sentence, section) : step);
        }
    }

    /** The steps in the order in which they began to report. */
    public List<StepSummary> steps() {
        return List.copyOf(steps);
    }

    /** Whether the build has finished, so that the report will not change any more. */
    public boolean complete() {
        return evidence.finished();
    }

    /** {@code job #number}. */
    public String title() {
        return Facts.text(build, "job") + " #" + Facts.text(build, "number");
    }

    /** The document that the page shows; a copy. */
    public ObjectNode json() {
        ObjectNode document = node().put("schema", 1);
        document.set("build", build.deepCopy());
        document.set("steps", stepsJson());
        document.set("trainings", array(trainings));
        document.set("gates", array(gates));
        document.set("models", array(models));
        document.set("aliases", array(aliases));
        document.set("rollouts", array(rollouts.values()));
        document.set("drifts", array(drifts));
        document.set("evidence", evidenceJson());
        return document;
    }

    private ArrayNode stepsJson() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (StepSummary step : steps) {
            array.addObject()
                    .put("step", step.step())
                    .put("outcome", step.outcome())
                    .put("sentence", step.sentence())
                    .put("section", step.section());
        }
        return array;
    }

    private ObjectNode evidenceJson() {
        ObjectNode node = node().put("events", evidence.events().size())
                .put("head", evidence.head())
                .put("complete", evidence.finished());
        evidence.notice().ifPresent(notice -> node.put("notice", notice));
        return node;
    }

    private static ArrayNode array(Iterable<? extends JsonNode> items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> array.add(item.<JsonNode>deepCopy()));
        return array;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
