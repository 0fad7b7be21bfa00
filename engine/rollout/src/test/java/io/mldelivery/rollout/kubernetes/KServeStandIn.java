package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.kubernetes.TestCluster;
import io.mldelivery.model.DeliveryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Does to an InferenceService what KServe 0.16 and Knative do, one reconciliation a call: revisions for changed templates, traffic as
 * in createKnativeService of ksvc_reconciler.go, status as in PropagateStatus of inference_service_status.go. No pods.
 */
final class KServeStandIn {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Revision(String name, String key, String template, boolean ready) {}

    private final Cluster cluster;
    private final ResourceName name;
    private final List<Revision> revisions = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> invalid = new HashSet<>();
    private String rolledOut = "";
    private String previous = "";
    private String mode = "Serverless";
    private ArrayNode traffic = JSON.createArrayNode();
    private String told = "";

    KServeStandIn(Cluster cluster, String name) {
        this.cluster = cluster;
        this.name = new ResourceName(KServe.API, "InferenceService", "ml", name);
    }

    /** The version's pods never become ready. */
    synchronized void isBroken(String key) {
        broken.add(key);
    }

    /** No runtime serves the version. */
    synchronized void isInvalid(String key) {
        invalid.add(key);
    }

    synchronized void mode(String other) {
        mode = other;
    }

    /** As KServe does when it takes a weight for the wish to go back: see the end of PropagateStatus. */
    synchronized void goBackToPrevious() {
        rolledOut = previous;
    }

    synchronized int share(String key) {
        int sum = 0;
        for (JsonNode one : traffic) {
            boolean same = revisions.stream()
                    .anyMatch(revision -> revision.key().equals(key)
                            && revision.name().equals(one.path("revisionName").asText()));
            sum += same ? one.path("percent").asInt() : 0;
        }
        return sum;
    }

    /** The version that was rolled out last. */
    synchronized String rolledOut() {
        return revisions.stream()
                .filter(one -> one.name().equals(rolledOut))
                .map(Revision::key)
                .findFirst()
                .orElse("");
    }

    synchronized void reconcile() {
        JsonNode service = cluster.find(name).orElse(null);
        if (service == null) {
            revisions.forEach(one -> cluster.delete(revision(one.name())));
            revisions.clear();
            told = "";
            traffic = JSON.createArrayNode();
        } else if (invalid.contains(Sides.key(service))) {
            tell("{\"modelStatus\": {\"transitionStatus\": \"InvalidSpec\", \"lastFailureInfo\":"
                    + " {\"reason\": \"NoSupportingRuntime\", \"message\": \"no runtime\"}}}");
        } else {
            newest(service);
            route(service.path("spec").path("predictor").path("canaryTrafficPercent"));
            propagate();
        }
    }

    private ResourceName revision(String revision) {
        return new ResourceName(KServe.REVISION, "Revision", "ml", revision);
    }

    private void newest(JsonNode service) {
        ObjectNode predictor = service.path("spec").path("predictor").deepCopy();
        predictor.remove("canaryTrafficPercent");
        String template = predictor + "" + service.path("metadata").path("labels");
        int last = revisions.size() - 1;
        if (last >= 0 && revisions.get(last).template().equals(template)) {
            Revision now = revisions.get(last);
            revisions.set(last, new Revision(now.name(), now.key(), template, !broken.contains(now.key())));
            return;
        }
        var created = new Revision(name.name() + "-predictor-0000" + (last + 2), Sides.key(service), template, false);
        revisions.add(created);
        ObjectNode object =
                JSON.createObjectNode().put("apiVersion", KServe.REVISION).put("kind", "Revision");
        ObjectNode metadata =
                object.putObject("metadata").put("name", created.name()).put("namespace", "ml");
        metadata.set("labels", service.path("metadata").path("labels"));
        metadata.set("annotations", predictor.path("annotations"));
        cluster.apply(object, true);
    }

    private String latestReady() {
        String found = "";
        for (Revision one : revisions) {
            found = one.ready() ? one.name() : found;
        }
        return found;
    }

    private String latestCreated() {
        return revisions.get(revisions.size() - 1).name();
    }

    private void route(JsonNode percent) {
        traffic = JSON.createArrayNode();
        if (latestReady().isEmpty()) {
            return;
        }
        boolean split = percent.isNumber() && !rolledOut.isEmpty();
        int share = split ? percent.asInt() : 100;
        traffic.addObject().put("latestRevision", true).put("percent", share).put("revisionName", latestReady());
        if (share < 100) {
            traffic.addObject()
                    .put("latestRevision", false)
                    .put("percent", 100 - share)
                    .put("revisionName", rolledOut)
                    .put("tag", "prev");
        }
    }

    private void propagate() {
        String ready = latestReady();
        int latest = traffic.path(0).path("percent").asInt();
        if (!ready.isEmpty() && !rolledOut.equals(ready) && latest == 100) {
            previous = rolledOut;
            rolledOut = ready;
        } else if (rolledOut.equals(ready) && ready.equals(latestCreated()) && latest < 100 && !previous.isEmpty()) {
            boolean same = traffic.path(1).path("revisionName").asText().equals(ready);
            rolledOut = same ? previous : rolledOut;
        }
        Revision newest = revisions.get(revisions.size() - 1);
        boolean failed = broken.contains(newest.key());
        String readiness = newest.ready() ? "True" : "Unknown";
        tell("""
                {"deploymentMode": "MODE", "modelStatus": {"transitionStatus": "UpToDate"},
                 "components": {"predictor": {"latestCreatedRevision": "CREATED", "latestReadyRevision": "READY",
                   "latestRolledoutRevision": "OUT", "previousRolledoutRevision": "BEFORE", "traffic": TRAFFIC}},
                 "conditions": [{"type": "Ready", "status": "STATUS"},
                   {"type": "PredictorConfigurationReady", "status": "CONFIGURED", "reason": "RevisionFailed", "message": "no pods"}]}
                """.replace("MODE", mode)
                .replace("CREATED", latestCreated())
                .replace("READY", ready)
                .replace("OUT", rolledOut)
                .replace("BEFORE", previous)
                .replace("TRAFFIC", traffic.toString())
                .replace("STATUS", readiness)
                .replace("CONFIGURED", failed ? "False" : readiness));
    }

    private void tell(String status) {
        if (status.equals(told)) {
            return;
        }
        told = status;
        ObjectNode change = JSON.createObjectNode();
        change.set("status", TestCluster.json(status));
        try {
            cluster.merge(name, change);
        } catch (DeliveryException e) {
            if (cluster.find(name).isPresent()) { // otherwise it was deleted in this moment
                throw e;
            }
        }
    }
}
