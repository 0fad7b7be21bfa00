package io.mldelivery.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonParseException;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.util.Watchable;
import io.kubernetes.client.util.generic.KubernetesApiResponse;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import io.kubernetes.client.util.generic.options.ListOptions;
import io.kubernetes.client.util.generic.options.PatchOptions;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A connection to a Kubernetes cluster. Objects are JSON as the API server has it. Safe between threads; every failure is a
 * {@link DeliveryException} that says what was refused and what to do, down to the missing RBAC rule.
 */
public final class Cluster implements AutoCloseable {
    /** Who we are to server-side apply: the owner of the fields that we set. */
    public static final String FIELD_MANAGER = "mldelivery";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_NAMESPACE = "";

    private final ApiClient client;
    private final ApiClient watching;
    private final String namespace;
    private final Kinds kinds;
    private final Map<Scope, WatchedObjects> watched = new ConcurrentHashMap<>();

    /** What one watch covers. */
    private record Scope(String apiVersion, String kind, String namespace, String labels) {
        boolean covers(JsonNode object) {
            return object.path("apiVersion").asText().equals(apiVersion)
                    && object.path("kind").asText().equals(kind)
                    && object.path("metadata").path("namespace").asText().equals(namespace)
                    && Labels.match(object, labels);
        }
    }

    /** @param watching a client whose answers may take any time */
    Cluster(ApiClient client, ApiClient watching, String namespace) {
        this.client = client;
        this.watching = watching;
        this.namespace = namespace;
        this.kinds = new Kinds(client);
    }

    /** The namespace of objects that name none. */
    public String namespace() {
        return namespace;
    }

    /**
     * Creates or changes an object by server-side apply: the fields of the manifest become ours, others stay as they are.
     * Applying the same again changes nothing.
     *
     * @param takeOver whether fields that somebody else manages are taken over; otherwise that is a failure
     */
    public JsonNode apply(JsonNode manifest, boolean takeOver) {
        ResourceName name = ResourceName.of(manifest, namespace);
        var options = new PatchOptions();
        options.setFieldManager(FIELD_MANAGER);
        options.setForce(takeOver);
        var patch = new V1Patch(manifest.toString());
        var response = ask(
                "applying " + name,
                () -> name.namespace().equals(NO_NAMESPACE)
                        ? api(name).patch(name.name(), V1Patch.PATCH_FORMAT_APPLY_YAML, patch, options)
                        : api(name)
                                .patch(name.namespace(), name.name(), V1Patch.PATCH_FORMAT_APPLY_YAML, patch, options));
        return noted(result("applying " + name, response));
    }

    /**
     * Creates an object that must not exist yet.
     *
     * @return empty when it exists
     */
    public Optional<JsonNode> create(JsonNode manifest) {
        ResourceName name = ResourceName.of(manifest, namespace);
        var object = new DynamicKubernetesObject(
                com.google.gson.JsonParser.parseString(manifest.toString()).getAsJsonObject());
        var response = ask("creating " + name, () -> api(name).create(object));
        return !response.isSuccess() && response.getHttpStatusCode() == 409
                ? Optional.empty()
                : Optional.of(noted(result("creating " + name, response)));
    }

    /** What was answered to a change is known at once, before a watch tells. */
    private JsonNode noted(JsonNode object) {
        watched.forEach((scope, objects) -> {
            if (scope.covers(object)) {
                objects.note(object);
            }
        });
        return object;
    }

    /** Changes some fields of an object that exists, by a JSON merge patch. */
    public JsonNode merge(ResourceName name, JsonNode changes) {
        return noted(result("changing " + name, patch(name, changes)));
    }

    /**
     * As {@link #merge}, with the {@code resourceVersion} in it that was read.
     *
     * @return empty when somebody has changed the object since
     */
    public Optional<JsonNode> mergeIfUnchanged(ResourceName name, JsonNode changes) {
        var response = patch(name, changes);
        return !response.isSuccess() && response.getHttpStatusCode() == 409
                ? Optional.empty()
                : Optional.of(noted(result("changing " + name, response)));
    }

    private KubernetesApiResponse<DynamicKubernetesObject> patch(ResourceName name, JsonNode changes) {
        var patch = new V1Patch(changes.toString());
        return ask(
                "changing " + name,
                () -> api(name).patch(name.namespace(), name.name(), V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, patch));
    }

    /** The object; empty when there is none. */
    public Optional<JsonNode> find(ResourceName name) {
        var response = ask(
                "reading " + name,
                () -> name.namespace().equals(NO_NAMESPACE)
                        ? api(name).get(name.name())
                        : api(name).get(name.namespace(), name.name()));
        return response.getHttpStatusCode() == 404 && !response.isSuccess()
                ? Optional.empty()
                : Optional.of(result("reading " + name, response));
    }

    /**
     * As {@link #find}, without a request: from a watch that covers all objects of its kind in its namespace with certain
     * labels. While the watch is broken, the API server is asked.
     *
     * @param watchedLabels the watch's label selector; empty: all
     */
    public Optional<JsonNode> known(ResourceName name, String watchedLabels) {
        WatchedObjects objects = watched(name, watchedLabels);
        return objects.isLive()
                ? objects.find(name.name())
                : list(name, watchedLabels).stream()
                        .filter(one ->
                                one.path("metadata").path("name").asText().equals(name.name()))
                        .findFirst();
    }

    /**
     * As {@link #list}, without a request, in the order of their names.
     *
     * @param watchedLabels the watch's label selector, as in {@link #known}
     * @param labels which of the watched objects; {@code key=value} and {@code key}, separated by commas
     */
    public List<JsonNode> known(ResourceName like, String watchedLabels, String labels) {
        WatchedObjects objects = watched(like, watchedLabels);
        return objects.isLive()
                ? objects.all().stream()
                        .filter(one -> Labels.match(one, labels))
                        .sorted(Comparator.comparing(
                                one -> one.path("metadata").path("name").asText()))
                        .toList()
                : list(like, labels);
    }

    private WatchedObjects watched(ResourceName like, String labels) {
        var scope = new Scope(like.apiVersion(), like.kind(), like.namespace(), labels);
        return watched.computeIfAbsent(scope, any -> new WatchedObjects(like.kind(), source(like, labels)));
    }

    private WatchedObjects.Source source(ResourceName like, String labels) {
        return new WatchedObjects.Source() {
            @Override
            public WatchedObjects.Listing list() {
                return listing(like, labels);
            }

            @Override
            public Watchable<DynamicKubernetesObject> watch(String version, int seconds) throws ApiException {
                var options = new ListOptions();
                options.setLabelSelector(labels);
                options.setResourceVersion(version);
                options.setTimeoutSeconds(seconds);
                return api(like, watching).watch(like.namespace(), options);
            }
        };
    }

    /**
     * The objects of a kind in a namespace.
     *
     * @param like names kind and namespace; its name is ignored
     * @param labels a label selector; empty: all
     */
    public List<JsonNode> list(ResourceName like, String labels) {
        return listing(like, labels).items();
    }

    private WatchedObjects.Listing listing(ResourceName like, String labels) {
        var options = new ListOptions();
        options.setLabelSelector(labels);
        var response = ask("listing " + like.kind(), () -> api(like).list(like.namespace(), options));
        if (!response.isSuccess()) {
            throw Refusals.of(
                    "listing " + like.kind() + " in " + like.namespace(),
                    response.getStatus(),
                    response.getHttpStatusCode());
        }
        var found = response.getObject();
        return new WatchedObjects.Listing(
                found.getItems().stream()
                        .map(Cluster::json)
                        .map(one -> named(one, like))
                        .toList(),
                found.getMetadata().getResourceVersion());
    }

    /** The items of a list do not say of what kind they are. */
    private static JsonNode named(JsonNode item, ResourceName like) {
        return ((ObjectNode) item).put("apiVersion", like.apiVersion()).put("kind", like.kind());
    }

    /** Removes the object with all that it owns; nothing happens when there is none. */
    public void delete(ResourceName name) {
        var options = new io.kubernetes.client.util.generic.options.DeleteOptions();
        options.setPropagationPolicy("Background");
        var response = ask(
                "deleting " + name,
                () -> name.namespace().equals(NO_NAMESPACE)
                        ? api(name).delete(name.name(), options)
                        : api(name).delete(name.namespace(), name.name(), options));
        if (!response.isSuccess() && response.getHttpStatusCode() != 404) {
            throw Refusals.of("deleting " + name, response.getStatus(), response.getHttpStatusCode());
        }
    }

    /**
     * Waits, by a watch, until the object satisfies a condition.
     *
     * @param done asked about every state that the object takes; may throw to end the waiting
     * @return the object as it satisfied the condition; empty when it did not in time
     */
    public Optional<JsonNode> await(ResourceName name, Duration patience, Predicate<JsonNode> done) {
        long end = System.nanoTime() + patience.toNanos();
        Optional<JsonNode> now = find(name).filter(done);
        while (now.isEmpty() && System.nanoTime() < end) {
            now = watch(name, Duration.ofNanos(end - System.nanoTime()), done)
                    .or(() -> find(name).filter(done));
        }
        return now;
    }

    private Optional<JsonNode> watch(ResourceName name, Duration patience, Predicate<JsonNode> done) {
        var options = new ListOptions();
        options.setFieldSelector("metadata.name=" + name.name());
        options.setTimeoutSeconds((int) Math.max(1, Math.min(20, patience.toSeconds())));
        try (Watchable<DynamicKubernetesObject> events = name.namespace().equals(NO_NAMESPACE)
                ? api(name).watch(options)
                : api(name).watch(name.namespace(), options)) {
            while (events.hasNext()) {
                var event = events.next();
                if (event.object != null && !event.type.equals("DELETED") && done.test(json(event.object))) {
                    return Optional.of(json(event.object));
                }
            }
            return Optional.empty();
        } catch (ApiException e) {
            throw Refusals.of("watching " + name, e);
        } catch (IOException e) {
            throw new DeliveryException(Code.ENVIRONMENT, "watching " + name + ": " + e.getMessage(), "Try again.", e);
        }
    }

    /** The client library hides a broken connection in an IllegalStateException, or in one about its JSON. */
    private static <T> T ask(String doing, Supplier<T> question) {
        try {
            return question.get();
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof IOException broken) {
                throw new DeliveryException(
                        Code.ENVIRONMENT,
                        doing + ": the API server does not answer: " + broken.getMessage(),
                        "Check the cluster's address and that it runs.",
                        e);
            }
            throw e;
        } catch (JsonParseException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    doing + ": the API server's answer is no whole JSON: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "Try again; if it stays so, look at what lies between this machine and the cluster.",
                    e);
        }
    }

    private DynamicKubernetesApi api(ResourceName name) {
        return api(name, client);
    }

    private DynamicKubernetesApi api(ResourceName name, ApiClient by) {
        return new DynamicKubernetesApi(name.group(), name.version(), kinds.plural(name), by);
    }

    private static JsonNode result(String doing, KubernetesApiResponse<DynamicKubernetesObject> response) {
        if (!response.isSuccess()) {
            throw Refusals.of(doing, response.getStatus(), response.getHttpStatusCode());
        }
        return json(response.getObject());
    }

    static JsonNode json(DynamicKubernetesObject object) {
        try {
            return JSON.readTree(object.getRaw().toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the client library hands out JSON", e);
        }
    }

    @Override
    public void close() {
        watched.values().forEach(WatchedObjects::close);
        for (ApiClient one : List.of(client, watching)) {
            close(one);
        }
    }

    private static void close(ApiClient client) {
        client.getHttpClient().dispatcher().executorService().shutdown();
        client.getHttpClient().connectionPool().evictAll();
    }
}
