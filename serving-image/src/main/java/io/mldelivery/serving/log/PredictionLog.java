package io.mldelivery.serving.log;

import com.fasterxml.jackson.core.JsonGenerator;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mldelivery.serving.metrics.Labels;
import io.mldelivery.serving.metrics.Metrics;
import io.mldelivery.serving.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes a sample of the predictions, and the labels that come later, to JSONL files on a thread of its own. Never makes a
 * prediction wait: what does not fit the queue is dropped and counted, and a folder that cannot be written is counted and
 * said once. Safe for any number of threads.
 */
public final class PredictionLog implements AutoCloseable {

    private static final Logger LOG = System.getLogger(PredictionLog.class.getName());
    private static final int QUEUE = 10_000;
    private static final int REMEMBERED = 20_000;

    private final LogOptions options;
    private final Metrics metrics;
    private final LongAdder dropped;
    private final LongAdder failed;
    private final LongAdder written;
    private final BlockingQueue<Writable> queue = new ArrayBlockingQueue<>(QUEUE);
    private final RotatingFile predictions;
    private final RotatingFile feedback;
    private final Cache<String, LoggedPrediction> recent = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofHours(1))
            .executor(Runnable::run)
            .build();
    private final Thread writer = new Thread(this::work, "prediction-log");
    private volatile boolean ending;
    private boolean complained;

    @FunctionalInterface
    private interface Writable {
        void write() throws IOException;
    }

    public PredictionLog(LogOptions options, Metrics metrics) {
        this.options = options;
        this.metrics = metrics;
        this.predictions = new RotatingFile(options.folder(), "predictions", options.fileBytes());
        this.feedback = new RotatingFile(options.folder(), "feedback", options.fileBytes());
        this.dropped = counter("mldelivery_log_dropped_total", "Predictions not logged because the queue was full.");
        this.failed = counter("mldelivery_log_failed_total", "Predictions not logged because the file failed.");
        this.written = counter("mldelivery_log_rows_total", "Rows written to the prediction log.");
        writer.setDaemon(true);
        writer.start();
    }

    private LongAdder counter(String name, String help) {
        return metrics.counter(name, help, Labels.NONE);
    }

    /** Whether the sample holds this request: the same answer for the same id, whatever the version. */
    public boolean samples(String requestId) {
        return (mixed(requestId.hashCode()) >>> 1) / (double) Integer.MAX_VALUE < options.share();
    }

    /** Spreads similar ids (the finalizer of MurmurHash3). */
    private static int mixed(int hash) {
        int h = (hash ^ hash >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }

    /** Takes a prediction, if there is room. */
    public void add(LoggedPrediction prediction) {
        recent.put(prediction.requestId(), prediction);
        offer(() -> writePrediction(prediction));
    }

    private void offer(Writable line) {
        if (!queue.offer(line)) {
            dropped.increment();
        }
    }

    /**
     * Takes the label of a row of an earlier request and says whether the prediction was right; absent where the request
     * is not remembered (an hour, the last 20,000) or its model has no classes.
     */
    public Optional<Boolean> label(Label label) {
        Optional<LoggedPrediction> prediction =
                Optional.ofNullable(recent.getIfPresent(label.requestId())).filter(known -> label.row() < known.rows());
        offer(() -> writeLabel(label, prediction));
        Optional<Boolean> right = prediction
                .flatMap(known -> known.prediction(label.row()))
                .map(cell -> cell.text().equals(label.value()));
        count(prediction, right);
        return right;
    }

    private void count(Optional<LoggedPrediction> prediction, Optional<Boolean> right) {
        Labels labels = Labels.of(
                "model", prediction.map(known -> known.model().name()).orElse(""),
                "version", prediction.map(known -> known.model().version()).orElse(""),
                "correct", right.map(Object::toString).orElse("unknown"));
        metrics.counter("mldelivery_feedback_total", "Labels that came after the prediction.", labels)
                .increment();
    }

    private void work() {
        try {
            while (!ending || !queue.isEmpty()) {
                Writable line = queue.poll(200, TimeUnit.MILLISECONDS);
                if (line != null) {
                    attempt(line);
                } else {
                    attempt(this::flush);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        attempt(predictions::close);
        attempt(feedback::close);
    }

    private void flush() throws IOException {
        predictions.flush();
        feedback.flush();
    }

    private void attempt(Writable action) {
        try {
            action.write();
        } catch (IOException e) {
            failed.increment();
            if (!complained) {
                complained = true;
                LOG.log(
                        Level.ERROR,
                        "Cannot write the prediction log in " + options.folder() + "; going on without",
                        e);
            }
        }
    }

    private void writePrediction(LoggedPrediction prediction) throws IOException {
        for (int row = 0; row < prediction.rows(); row++) {
            int current = row;
            predictions.write(line(json -> prediction.write(json, current, options.redacted())));
            written.increment();
        }
    }

    private void writeLabel(Label label, Optional<LoggedPrediction> prediction) throws IOException {
        feedback.write(line(json -> label.write(json, prediction)));
    }

    @FunctionalInterface
    private interface Document {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] line(Document document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
            document.write(json);
        }
        return bytes.toByteArray();
    }

    /** Writes what is queued and completes the files. */
    @Override
    public void close() throws InterruptedException {
        ending = true;
        writer.join(5_000);
    }
}
