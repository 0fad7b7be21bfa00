package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.machine.Instance;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * An InferenceService of KServe on Knative, whose newest revision gets {@code canaryTrafficPercent} and the one that was rolled out
 * before the rest. Without that field the newest has everything as soon as it is ready; so on the way back the old spec returns with
 * 0 % first. Which revision belongs to which version its labels tell, and the shares that there really are the status.
 */
final class KServe implements Delegation {
    static final String API = "serving.kserve.io/v1beta1";
    static final String REVISION = "serving.knative.dev/v1";
    static final String SHARE = "canaryTrafficPercent";
    private static final String MODE = "serving.kserve.io/deploymentMode";
    private static final Set<String> UNDIVIDED = Set.of("RawDeployment", "Standard", "ModelMesh");
    /** Makes every spec that is put a revision of its own, also one that was there before. */
    private static final String BROUGHT = "mldelivery.io/brought-in";

    private static final String ADVICE =
            "Set its annotation " + MODE + ": Serverless when you create it; KServe needs Knative.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final ResourceName name;
    private final RouteObject object;

    KServe(Cluster cluster, String namespace, String name, String target) {
        this.cluster = cluster;
        this.name = new ResourceName(API, "InferenceService", namespace, name);
        this.object = new RouteObject(cluster, this.name, target);
    }

    @Override
    public Sides sides() {
        return cluster.known(name, "")
                .filter(one -> !one.path("metadata").has("deletionTimestamp"))
                .map(service -> sides(service, this::keyOf))
                .orElse(Sides.NOTHING);
    }

    /** @param keyOf the version of a revision; empty: not known */
    static Sides sides(JsonNode service, Function<String, String> keyOf) {
        Optional<String> fresh = Sides.markedFresh(service);
        String only = Sides.key(service);
        if (fresh.isEmpty()) {
            boolean settled = share(service, only, keyOf) == 100;
            return new Sides(Optional.of(only), Optional.empty(), settled ? Optional.of(0) : Optional.empty());
        }
        int real = share(service, fresh.get(), keyOf);
        boolean reached = real == asked(service);
        return new Sides(Sides.markedStable(service), fresh, reached ? Optional.of(real) : Optional.empty());
    }

    private static int asked(JsonNode service) {
        return service.path("spec").path("predictor").path(SHARE).asInt(100);
    }

    private static JsonNode predictor(JsonNode service) {
        return service.path("status").path("components").path("predictor");
    }

    /** What the version's revisions really get. */
    private static int share(JsonNode service, String key, Function<String, String> keyOf) {
        return StreamSupport.stream(predictor(service).path("traffic").spliterator(), false)
                .filter(one -> one.path("percent").asInt() > 0)
                .filter(one -> keyOf.apply(one.path("revisionName").asText()).equals(key))
                .mapToInt(one -> one.path("percent").asInt())
                .sum();
    }

    private Optional<JsonNode> revision(String revision) {
        return cluster.known(new ResourceName(REVISION, "Revision", name.namespace(), revision), Template.OURS);
    }

    private String keyOf(String revision) {
        return revision(revision).map(Sides::key).orElse("");
    }

    @Override
    public Instance fresh() {
        JsonNode service = object.known();
        if (!isFreshWanted(service)) {
            return new Instance(Instance.Phase.STARTING, "KServe makes the old version the newest revision again");
        }
        return stray(service).map(Instance::dead).orElseGet(() -> newest(service));
    }

    /** Whether the spec is still that of what is new. */
    private static boolean isFreshWanted(JsonNode service) {
        return Sides.markedFresh(service).filter(Sides.key(service)::equals).isPresent();
    }

    /** KServe can take a weight for the wish to go back to the revision before the last. */
    private Optional<String> stray(JsonNode service) {
        Sides sides = sides(service, this::keyOf);
        return StreamSupport.stream(predictor(service).path("traffic").spliterator(), false)
                .filter(one -> one.path("percent").asInt() > 0)
                .map(one -> one.path("revisionName").asText())
                .filter(one -> !keyOf(one).isEmpty() && !sides.has(keyOf(one)))
                .map(one -> "KServe sends requests to " + one + ", which is neither the old version nor the new one")
                .findFirst();
    }

    private Instance newest(JsonNode service) {
        String created = predictor(service).path("latestCreatedRevision").asText();
        boolean exists = revision(created).filter(one -> isOf(one, service)).isPresent();
        if (exists
                && created.equals(predictor(service).path("latestReadyRevision").asText())) {
            return Instance.ready();
        }
        Optional<String> failure = exists ? failed(service) : invalid(service);
        return failure.map(why -> Instance.dead("KServe says: " + why))
                .orElse(new Instance(
                        Instance.Phase.STARTING,
                        exists ? created + " is not ready" : "KServe has not made a revision of it yet"));
    }

    private static boolean isOf(JsonNode revision, JsonNode service) {
        JsonNode wanted =
                service.path("spec").path("predictor").path("annotations").path(BROUGHT);
        return Sides.key(revision).equals(Sides.key(service))
                && revision.path("metadata").path("annotations").path(BROUGHT).equals(wanted);
    }

    /** What Knative says of a revision that it gave up. */
    private static Optional<String> failed(JsonNode service) {
        return condition(service, "PredictorConfigurationReady")
                .filter(one -> one.path("status").asText().equals("False"))
                .map(one ->
                        one.path("reason").asText() + ": " + one.path("message").asText());
    }

    /** What KServe says of a spec that it makes no revision of. */
    private static Optional<String> invalid(JsonNode service) {
        JsonNode model = service.path("status").path("modelStatus");
        JsonNode why = model.path("lastFailureInfo");
        return model.path("transitionStatus").asText().equals("InvalidSpec")
                ? Optional.of(
                        why.path("reason").asText() + ": " + why.path("message").asText())
                : Optional.empty();
    }

    private static Optional<JsonNode> condition(JsonNode service, String type) {
        return StreamSupport.stream(service.path("status").path("conditions").spliterator(), false)
                .filter(one -> one.path("type").asText().equals(type))
                .findFirst();
    }

    @Override
    public Instance only() {
        JsonNode service = object.known();
        Optional<String> mode = undivided(service);
        if (mode.isPresent()) {
            return Instance.dead(mode.get() + "; " + ADVICE);
        }
        Instance newest = newest(service);
        boolean reachable = condition(service, "Ready")
                .filter(one -> one.path("status").asText().equals("True"))
                .isPresent();
        return newest.isReady() && !reachable ? new Instance(Instance.Phase.STARTING, name + " is not ready") : newest;
    }

    private Optional<String> undivided(JsonNode service) {
        String told = service.path("status").path("deploymentMode").asText("");
        String wanted = service.path("metadata").path("annotations").path(MODE).asText("");
        String mode = told.isEmpty() ? wanted : told;
        return UNDIVIDED.contains(mode)
                ? Optional.of(name + " is deployed in KServe's mode " + mode + ", which divides no requests")
                : Optional.empty();
    }

    @Override
    public void bring(ObjectNode workload) {
        check(workload);
        Optional<JsonNode> there = cluster.find(name);
        if (there.isEmpty()) {
            put(workload, Optional.empty(), Optional.empty());
            return;
        }
        check(there.get());
        JsonNode now = object.readOwn();
        String stable = Sides.markedStable(now).orElse(Sides.key(now));
        put(workload, Optional.of(stable), Optional.of(Sides.key(workload)));
    }

    private void check(JsonNode service) {
        if (!service.path("metadata").path("name").asText().equals(name.name())) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "the router's name is " + name.name() + ", the template's InferenceService is another",
                    "Give the InferenceService that name, without a version in it.");
        }
        undivided(service).ifPresent(what -> {
            throw new DeliveryException(Code.CONFIG, what, ADVICE);
        });
    }

    /** With a version besides it, this one gets nothing; alone, everything. */
    private void put(ObjectNode workload, Optional<String> stable, Optional<String> fresh) {
        ObjectNode predictor = workload.withObjectProperty("spec").withObjectProperty("predictor");
        predictor.withObjectProperty("annotations").put(BROUGHT, Instant.now().toString());
        predictor.remove(SHARE);
        fresh.ifPresent(key -> predictor.put(SHARE, 0));
        Sides.mark(workload, stable, fresh);
        cluster.apply(workload, true);
    }

    @Override
    public void weigh(int percent) {
        JsonNode now = object.readOwn();
        if (isFreshWanted(now)) {
            ask(now, percent);
        }
    }

    private void ask(JsonNode now, int percent) {
        if (asked(now) != percent) {
            ObjectNode change = JSON.createObjectNode();
            change.putObject("spec").putObject("predictor").put(SHARE, percent);
            cluster.merge(name, change);
        }
    }

    @Override
    public void leave(ObjectNode stable) {
        weigh(0);
    }

    /** Three steps, one a call: no requests; the old spec, as a revision that gets none; all requests to that. */
    @Override
    public void withdraw(ObjectNode stable) {
        JsonNode now = object.readOwn();
        Optional<String> fresh = Sides.markedFresh(now);
        if (fresh.isEmpty()) {
            return;
        }
        if (!sides(now, this::keyOf).percent().equals(Optional.of(0))) {
            ask(now, 0);
        } else if (!Sides.key(now).equals(Sides.key(stable))) {
            put(stable, Sides.markedStable(now), fresh);
        } else if (newest(now).isReady()) {
            end();
        }
    }

    @Override
    public void settle() {
        if (isFreshWanted(object.readOwn())) {
            end();
        }
    }

    /** The newest revision gets all requests from now on, whichever it is. */
    private void end() {
        ObjectNode change = JSON.createObjectNode();
        change.putObject("spec").putObject("predictor").putNull(SHARE);
        Sides.unmark(change);
        cluster.merge(name, change);
    }

    @Override
    public void remove() {
        cluster.delete(name);
    }
}
