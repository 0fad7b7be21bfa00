package io.mldelivery.serving.store;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.model.LoadedModel;
import io.mldelivery.serving.model.ModelKey;
import io.mldelivery.serving.model.ModelOptions;
import io.mldelivery.serving.model.ModelState;
import io.mldelivery.serving.schedule.Job;
import io.mldelivery.serving.schedule.ModelQueue;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * One version of one model. Loads once; answers while READY; frees its memory when closed and the last request that
 * holds it is done. Safe for any number of threads.
 */
public final class ServedModel {

    private final ModelKey key;
    private final Path folder;
    private final ModelMetrics metrics;
    private final AtomicInteger holders = new AtomicInteger(1);
    private volatile Status status = new Status(ModelState.LOADING, Optional.empty());
    private volatile boolean required;
    private volatile LoadedModel loaded;
    private volatile ModelQueue queue;
    private volatile PredictionCache cache;

    /** State, and for FAILED what went wrong. */
    public record Status(ModelState state, Optional<ServingException> fault) {}

    ServedModel(ModelKey key, Path folder, boolean required, ModelMetrics metrics) {
        this.key = key;
        this.metrics = metrics;
        this.folder = folder;
        this.required = required;
    }

    void load(Function<LoadedModel, ModelQueue> queues, Function<ModelOptions, PredictionCache> caches) {
        try {
            ModelOptions options = ModelOptions.read(folder);
            required &= options.required();
            LoadedModel model = LoadedModel.load(folder, options);
            cache = caches.apply(options);
            queue = queues.apply(model);
            loaded = model;
            status = new Status(ModelState.READY, Optional.empty());
        } catch (ServingException e) {
            status = new Status(ModelState.FAILED, Optional.of(e));
        } catch (RuntimeException | LinkageError e) {
            status = new Status(
                    ModelState.FAILED,
                    Optional.of(new ServingException(
                            ErrorCode.CORRUPT_MODEL,
                            "Cannot load " + folder + ": " + innermost(e),
                            "Check the model and the engine's version.",
                            e)));
        }
    }

    /** An error in a static initializer says nothing itself. */
    private static Throwable innermost(Throwable e) {
        return e.getCause() == null ? e : innermost(e.getCause());
    }

    public ModelKey key() {
        return key;
    }

    /** Where its requests are counted. */
    public ModelMetrics metrics() {
        return metrics;
    }

    public Path folder() {
        return folder;
    }

    public Status status() {
        return status;
    }

    public boolean ready() {
        return status.state() == ModelState.READY;
    }

    /** Whether the server is ready without it. A model that failed before its options were read counts as required. */
    public boolean required() {
        return required;
    }

    /** The model; fails with MODEL_NOT_READY until it is loaded. */
    public LoadedModel model() {
        if (!ready()) {
            throw notReady();
        }
        return loaded;
    }

    /** Kept predictions; only while the model is ready. */
    public PredictionCache cache() {
        return cache;
    }

    private ServingException notReady() {
        String why = status.fault().map(fault -> ": " + fault.getMessage()).orElse(" (loading)");
        return new ServingException(ErrorCode.MODEL_NOT_READY, key + " is not ready" + why, "Watch GET /health/ready.");
    }

    /** Takes a job; see {@link ModelQueue#submit}. */
    public void submit(Job job) {
        ModelQueue target = queue;
        if (target == null) {
            throw notReady();
        }
        target.submit(job);
    }

    /** Waiting jobs. */
    public int queueDepth() {
        ModelQueue target = queue;
        return target == null ? 0 : target.depth();
    }

    /** Keeps the model's memory until {@link #release}; false when it is already being closed. */
    public boolean hold() {
        int now = holders.get();
        while (now > 0) {
            if (holders.compareAndSet(now, now + 1)) {
                return true;
            }
            now = holders.get();
        }
        return false;
    }

    /** Ends a {@link #hold}; the last one frees the memory. */
    public void release() {
        if (holders.decrementAndGet() == 0 && loaded != null) {
            loaded.close();
        }
    }
}
