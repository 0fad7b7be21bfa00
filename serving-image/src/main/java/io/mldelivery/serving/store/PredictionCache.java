package io.mldelivery.serving.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mldelivery.serving.metrics.Labels;
import io.mldelivery.serving.metrics.Metrics;
import io.mldelivery.serving.model.ModelOptions;
import io.mldelivery.serving.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Outputs kept by the SHA-256 of types, shapes and values of the inputs, for predictions that are asked for often. Lives
 * and dies with one version of a model. Safe for any number of threads.
 */
public final class PredictionCache {

    private final Optional<Cache<ByteBuffer, List<Tensor>>> outputs;
    private final LongAdder hits;
    private final LongAdder misses;

    private PredictionCache(Optional<Cache<ByteBuffer, List<Tensor>>> outputs, LongAdder hits, LongAdder misses) {
        this.outputs = outputs;
        this.hits = hits;
        this.misses = misses;
    }

    /** Keeps nothing where the options give no size. */
    static PredictionCache of(ModelOptions options, Metrics metrics, Labels labels) {
        if (options.cacheSize() == 0) {
            return new PredictionCache(Optional.empty(), new LongAdder(), new LongAdder());
        }
        Cache<ByteBuffer, List<Tensor>> cache = Caffeine.newBuilder()
                .maximumSize(options.cacheSize())
                .expireAfterWrite(options.cacheTimeToLive())
                .executor(Runnable::run)
                .build();
        return new PredictionCache(
                Optional.of(cache), counter(metrics, labels, "hit"), counter(metrics, labels, "miss"));
    }

    private static LongAdder counter(Metrics metrics, Labels labels, String result) {
        return metrics.counter(
                "mldelivery_cache_requests_total", "Predictions looked up in the cache.", labels.and("result", result));
    }

    /** The key of inputs; absent where nothing is kept. */
    public Optional<ByteBuffer> key(List<Tensor> inputs) {
        return outputs.map(cache -> digest(inputs));
    }

    public Optional<List<Tensor>> find(ByteBuffer key) {
        Optional<List<Tensor>> found = outputs.map(cache -> cache.getIfPresent(key));
        (found.isPresent() ? hits : misses).increment();
        return found;
    }

    public void keep(ByteBuffer key, List<Tensor> result) {
        outputs.ifPresent(cache -> cache.put(key, List.copyOf(result)));
    }

    private static ByteBuffer digest(List<Tensor> inputs) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Tensor input : inputs) {
                digest.update((byte) input.type().ordinal());
                for (long size : input.shape()) {
                    digest.update(ByteBuffer.allocate(8).putLong(size).flip());
                }
                digest.update(input.data());
                for (String text : input.strings()) {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
                    digest.update(bytes);
                }
            }
            return ByteBuffer.wrap(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
