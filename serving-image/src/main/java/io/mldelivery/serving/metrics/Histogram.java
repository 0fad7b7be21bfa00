package io.mldelivery.serving.metrics;

import io.mldelivery.serving.protobuf.ProtobufWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * A Prometheus histogram with fixed upper bounds and, where told so, the buckets of a native histogram too; safe for any
 * number of threads, never blocks.
 */
public final class Histogram {

    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();
    private final AtomicReferenceArray<Exemplar> exemplars;
    private final ExponentialBuckets exponential;

    /** Bounds ascending, in the unit of the observed values; one more bucket takes what is above. */
    public Histogram(double... bounds) {
        this(false, bounds);
    }

    /** @param isNative whether scrapers that understand native histograms get one */
    Histogram(boolean isNative, double... bounds) {
        this.bounds = bounds.clone();
        this.counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
        this.exemplars = new AtomicReferenceArray<>(counts.length);
        this.exponential = isNative ? new ExponentialBuckets() : null;
    }

    public void observe(double value) {
        observe(value, Optional.empty());
    }

    /** As {@link #observe(double)}; a value that belongs to a trace becomes its bucket's exemplar. */
    public void observe(double value, Optional<String> traceId) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sum.add(value);
        if (traceId.isPresent()) {
            exemplars.set(bucket, new Exemplar(value, traceId.get(), Instant.now()));
        }
        if (exponential != null) {
            exponential.observe(value);
        }
    }

    public long count() {
        long total = 0;
        for (LongAdder count : counts) {
            total += count.sum();
        }
        return total;
    }

    /** @param withExemplars as OpenMetrics has them and the older text format has not */
    void write(StringBuilder to, String name, Labels labels, boolean withExemplars) {
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            total += counts[i].sum();
            String bound = i < bounds.length ? Numbers.bound(bounds[i]) : "+Inf";
            to.append(name).append("_bucket").append(labels.and("le", bound).braced());
            to.append(' ').append(total);
            Exemplar exemplar = exemplars.get(i);
            to.append(withExemplars && exemplar != null ? exemplar.text() : "").append('\n');
        }
        to.append(name).append("_sum").append(labels.braced()).append(' ');
        to.append(Numbers.plain(sum.sum())).append('\n');
        to.append(name)
                .append("_count")
                .append(labels.braced())
                .append(' ')
                .append(total)
                .append('\n');
    }

    /** The message {@code io.prometheus.client.Histogram}. */
    void write(ProtobufWriter to) {
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            total += counts[i].sum();
            long cumulative = total;
            double bound = i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY;
            Exemplar exemplar = exemplars.get(i);
            to.message(3, bucket -> {
                bucket.unsigned(1, cumulative).number(2, bound);
                if (exemplar != null) {
                    bucket.message(3, exemplar::write);
                }
            });
        }
        if (exponential == null) {
            to.unsigned(1, total).number(2, sum.sum());
        } else {
            writeNative(to);
        }
    }

    /** The count is taken from the native buckets, so that both agree although others count on. */
    private void writeNative(ProtobufWriter to) {
        long zeros = exponential.zeros();
        long[] buckets = exponential.counts();
        long total = zeros;
        for (long count : buckets) {
            total += count;
        }
        to.unsigned(1, total).number(2, sum.sum());
        to.signed(5, ExponentialBuckets.SCHEMA)
                .number(6, ExponentialBuckets.zeroThreshold())
                .unsigned(7, zeros);
        writeSpans(to, buckets);
    }

    /** Runs of filled buckets, each with its distance from the run before, and the changes from bucket to bucket. */
    private void writeSpans(ProtobufWriter to, long[] buckets) {
        int expected = 0;
        long before = 0;
        for (int start = 0; start < buckets.length; start++) {
            if (buckets[start] == 0) {
                continue;
            }
            int end = start;
            while (end < buckets.length && buckets[end] > 0) {
                to.signed(13, buckets[end] - before);
                before = buckets[end++];
            }
            int first = exponential.lowest() + start;
            int offset = first - expected;
            int length = end - start;
            to.message(12, span -> span.signed(1, offset).unsigned(2, length));
            expected = first + length;
            start = end;
        }
    }
}
