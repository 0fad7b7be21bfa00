package io.mldelivery.serving.store;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.metrics.Labels;
import io.mldelivery.serving.metrics.Metrics;
import io.mldelivery.serving.model.LoadedModel;
import io.mldelivery.serving.model.ModelKey;
import io.mldelivery.serving.model.ModelState;
import io.mldelivery.serving.schedule.ModelQueue;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;

/**
 * The models of a server. Registering loads in the background; a version becomes the default of its name when it is
 * ready, so a new version takes over without a gap. Safe for any number of threads.
 */
public final class ModelStore {

    private final Map<ModelKey, ServedModel> models = new ConcurrentSkipListMap<>();
    private final Map<String, ServedModel> defaults = new ConcurrentHashMap<>();
    private final Executor loaders;
    private final QueueFactory queues;
    private final Metrics metrics;

    public ModelStore(Executor loaders, QueueFactory queues, Metrics metrics) {
        this.loaders = loaders;
        this.queues = queues;
        this.metrics = metrics;
    }

    /**
     * Starts to load a folder; the future ends when the model is ready or failed, never exceptionally. A version that
     * joins others which are ready is not required: if it fails, they go on.
     */
    public CompletableFuture<ServedModel> register(ModelKey key, Path folder) {
        ServedModel model =
                new ServedModel(key, folder, newestReady(key.name()).isEmpty(), new ModelMetrics(metrics, key));
        ServedModel before = models.merge(key, model, (old, fresh) -> failed(old) ? fresh : old);
        if (before != model) {
            throw new ServingException(
                    ErrorCode.CONFLICT, key + " is served already", "Unregister it first, or give another version.");
        }
        return CompletableFuture.supplyAsync(() -> load(model), loaders);
    }

    private static boolean failed(ServedModel model) {
        return model.status().state() == ModelState.FAILED;
    }

    private ServedModel load(ServedModel model) {
        long start = System.nanoTime();
        model.load(
                loaded -> queue(model.key(), loaded),
                options -> PredictionCache.of(options, metrics, labels(model.key())));
        if (model.ready()) {
            defaults.put(model.key().name(), model);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        metrics.gauge(
                "mldelivery_model_load_seconds", "Time to load and prove a model.", labels(model.key()), () -> seconds);
        return model;
    }

    private ModelQueue queue(ModelKey key, LoadedModel loaded) {
        ModelQueue queue = queues.create(labels(key), loaded);
        metrics.gauge("mldelivery_queue_depth", "Requests that wait.", labels(key), queue::depth);
        metrics.gauge(
                "mldelivery_concurrency_limit", "Requests that may be under way at once.", labels(key), queue::limit);
        return queue;
    }

    private static Labels labels(ModelKey key) {
        return Labels.of("model", key.name(), "version", key.version());
    }

    /** The version that answers when a request names none: the one that became ready last. */
    public ServedModel find(String name) {
        ServedModel model = defaults.get(name);
        if (model != null) {
            return model;
        }
        return models.values().stream()
                .filter(candidate -> candidate.key().name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(ErrorCode.UNKNOWN_MODEL, "model '" + name + "'"));
    }

    public ServedModel find(String name, String version) {
        return models.values().stream()
                .filter(model ->
                        model.key().name().equals(name) && model.key().version().equals(version))
                .findFirst()
                .orElseThrow(() -> unknown(ErrorCode.UNKNOWN_VERSION, "version '" + version + "' of '" + name + "'"));
    }

    private ServingException unknown(ErrorCode code, String what) {
        return new ServingException(code, "No " + what + " is served", "Served are " + models.keySet() + ".");
    }

    /** The only name that is served; fails where there are several or none. */
    public ServedModel only() {
        List<String> names =
                models.keySet().stream().map(ModelKey::name).distinct().toList();
        if (names.size() != 1) {
            throw new ServingException(
                    ErrorCode.UNKNOWN_MODEL,
                    names.size() + " models are served, so the path must name one",
                    "Use POST /predictions/{model}. Served are " + names + ".");
        }
        return find(names.get(0));
    }

    /** All models by name and version. */
    public List<ServedModel> all() {
        return List.copyOf(models.values());
    }

    /** Stops to serve a version; requests that have begun are still answered. */
    public void unregister(ModelKey key) {
        ServedModel model = models.remove(key);
        if (model == null) {
            throw unknown(ErrorCode.UNKNOWN_VERSION, "version '" + key.version() + "' of '" + key.name() + "'");
        }
        defaults.remove(key.name(), model);
        newestReady(key.name()).ifPresent(next -> defaults.putIfAbsent(key.name(), next));
        metrics.remove(labels(key));
        model.release();
    }

    /** Unregisters all. */
    public void clear() {
        models.keySet().forEach(this::unregister);
    }

    private Optional<ServedModel> newestReady(String name) {
        return models.values().stream()
                .filter(model -> model.key().name().equals(name) && model.ready())
                .max(Comparator.comparing(model -> model.key().version()));
    }
}
