package io.mldelivery.rollout.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A latency histogram: how many requests took at most each bound.
 *
 * @param bounds upper bounds in seconds, rising, without the infinite one
 * @param cumulative for each bound the number of requests that took at most that long
 * @param count all requests
 * @param sum all times together, in seconds
 */
public record LatencyCounts(List<Double> bounds, List<Long> cumulative, long count, double sum) {
    /** No request measured yet, by nothing in particular. */
    public static final LatencyCounts NONE = new LatencyCounts(List.of(), List.of(), 0, 0);

    public LatencyCounts {
        bounds = List.copyOf(bounds);
        cumulative = List.copyOf(cumulative);
        if (bounds.size() != cumulative.size()) {
            throw new IllegalArgumentException(bounds.size() + " bounds, " + cumulative.size() + " counts");
        }
    }

    /** What was measured since an earlier reading; everything when the counters started anew or changed their bounds. */
    public LatencyCounts since(LatencyCounts earlier) {
        return count < earlier.count || !bounds.equals(earlier.bounds) ? this : combine(earlier, -1);
    }

    /** Both together; bounds must agree, or one be {@link #NONE}. */
    public LatencyCounts plus(LatencyCounts other) {
        if (bounds.isEmpty() && count == 0) {
            return other;
        }
        return other.bounds.equals(bounds) ? combine(other, 1) : this;
    }

    private LatencyCounts combine(LatencyCounts other, int sign) {
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i < bounds.size(); i++) {
            counts.add(Math.max(0, cumulative.get(i) + sign * other.cumulative.get(i)));
        }
        return new LatencyCounts(bounds, counts, count + sign * other.count, sum + sign * other.sum);
    }

    /** How many requests certainly took longer than this many seconds. */
    public long certainlyAbove(double seconds) {
        for (int i = 0; i < bounds.size(); i++) {
            if (bounds.get(i) >= seconds) {
                return count - cumulative.get(i);
            }
        }
        return 0;
    }

    /** How many requests may have taken longer than this many seconds. */
    public long possiblyAbove(double seconds) {
        long within = 0;
        for (int i = 0; i < bounds.size() && bounds.get(i) <= seconds; i++) {
            within = cumulative.get(i);
        }
        return count - within;
    }

    /**
     * A quantile in seconds, interpolated within its bucket as Prometheus' histogram_quantile does; the highest bound when
     * it lies above all of them; NaN without a request.
     */
    public double quantile(double q) {
        if (count == 0 || bounds.isEmpty()) {
            return Double.NaN;
        }
        double rank = q * count;
        int bucket = Collections.binarySearch(
                cumulative.stream().map(Long::doubleValue).toList(), rank);
        int index = bucket >= 0 ? first(bucket) : -bucket - 1;
        return index >= bounds.size() ? bounds.get(bounds.size() - 1) : within(index, rank);
    }

    private int first(int bucket) {
        int index = bucket;
        while (index > 0 && cumulative.get(index - 1).equals(cumulative.get(index))) {
            index--;
        }
        return index;
    }

    private double within(int index, double rank) {
        double low = index == 0 ? 0 : bounds.get(index - 1);
        long below = index == 0 ? 0 : cumulative.get(index - 1);
        long inside = cumulative.get(index) - below;
        return inside == 0 ? bounds.get(index) : low + (bounds.get(index) - low) * (rank - below) / inside;
    }

    /** The mean time in seconds; NaN without a request or where the source tells no sum. */
    public double mean() {
        return count == 0 || sum <= 0 ? Double.NaN : sum / count;
    }

    /**
     * The requests between two neighbouring bounds.
     *
     * @param high the highest bound for those above it
     */
    record Bucket(double low, double high, long count) {}

    /** All buckets that hold something; the last holds what took longer than the highest bound. */
    List<Bucket> buckets() {
        List<Bucket> buckets = new ArrayList<>();
        double low = 0;
        long below = 0;
        for (int i = 0; i < bounds.size(); i++) {
            addBucket(buckets, new Bucket(low, bounds.get(i), cumulative.get(i) - below));
            low = bounds.get(i);
            below = cumulative.get(i);
        }
        addBucket(buckets, new Bucket(low, low, count - below));
        return buckets;
    }

    private static void addBucket(List<Bucket> buckets, Bucket bucket) {
        if (bucket.count() > 0) {
            buckets.add(bucket);
        }
    }

    /** Each request's time, rounded down to a bound. */
    double[] lows() {
        return buckets().stream()
                .flatMapToDouble(bucket ->
                        java.util.stream.DoubleStream.generate(bucket::low).limit(bucket.count()))
                .toArray();
    }

    /** Each request's time, rounded up to a bound; the highest for all above it. */
    double[] highs() {
        return buckets().stream()
                .flatMapToDouble(bucket ->
                        java.util.stream.DoubleStream.generate(bucket::high).limit(bucket.count()))
                .toArray();
    }
}
