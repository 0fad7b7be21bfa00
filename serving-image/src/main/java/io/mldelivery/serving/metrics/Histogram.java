package io.mldelivery.serving.metrics;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** A Prometheus histogram with fixed upper bounds; safe for any number of threads, never blocks. */
public final class Histogram {

    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    /** Bounds ascending, in the unit of the observed values; one more bucket takes what is above. */
    public Histogram(double... bounds) {
        this.bounds = bounds.clone();
        this.counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    public void observe(double value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sum.add(value);
    }

    public long count() {
        long total = 0;
        for (LongAdder count : counts) {
            total += count.sum();
        }
        return total;
    }

    void write(StringBuilder to, String name, Labels labels) {
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            total += counts[i].sum();
            String bound = i < bounds.length ? Numbers.plain(bounds[i]) : "+Inf";
            to.append(name).append("_bucket").append(labels.and("le", bound).braced());
            to.append(' ').append(total).append('\n');
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
}
