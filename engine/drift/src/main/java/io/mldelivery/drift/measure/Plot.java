package io.mldelivery.drift.measure;

import io.mldelivery.drift.statistics.Bins;
import io.mldelivery.drift.statistics.CategoryPair;
import io.mldelivery.drift.statistics.Marks;
import io.mldelivery.drift.statistics.NumericPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a picture of one column needs: the shares of both samples in bins or categories.
 *
 * @param edges of the bins, ascending, one more than there are shares; empty for categories
 * @param categories names of the categories; empty for bins
 * @param referenceQuantiles every twentieth of the reference, from 2.5 % to 97.5 %; empty for categories
 * @param currentQuantiles the same of the current sample
 */
public record Plot(
        List<Double> edges,
        List<String> categories,
        List<Double> reference,
        List<Double> current,
        List<Double> referenceQuantiles,
        List<Double> currentQuantiles) {
    private static final int QUANTILES = 20;
    private static final int BINS = 20;
    private static final int CATEGORIES = 12;

    public Plot {
        edges = List.copyOf(edges);
        categories = List.copyOf(categories);
        reference = List.copyOf(reference);
        current = List.copyOf(current);
        referenceQuantiles = List.copyOf(referenceQuantiles);
        currentQuantiles = List.copyOf(currentQuantiles);
    }

    private static Plot of(List<String> categories, List<Double> reference, List<Double> current) {
        return new Plot(List.of(), categories, reference, current, List.of(), List.of());
    }

    private static List<Double> quantiles(DoubleUnaryOperator at) {
        return IntStream.range(0, QUANTILES)
                .mapToObj(i -> at.applyAsDouble((i + 0.5) / QUANTILES))
                .toList();
    }

    /** Equally wide bins over the middle 99 % of both samples; the outer bins take the rest. */
    public static Plot of(NumericPair pair) {
        if (pair.referenceDistinct() <= CATEGORIES && pair.size() <= CATEGORIES) {
            CategoryPair values = pair.asCategories();
            return of(values.levels(), list(values.referenceShares()), list(values.currentShares()));
        }
        double low = Math.min(
                pair.referenceQuantiles().at(0.005), pair.currentQuantiles().at(0.005));
        double high = Math.max(
                pair.referenceQuantiles().at(0.995), pair.currentQuantiles().at(0.995));
        double width = low == high ? 1 : (high - low) / BINS;
        double[] edges = IntStream.rangeClosed(0, BINS)
                .mapToDouble(i -> low + i * width)
                .distinct()
                .toArray();
        CategoryPair binned = pair.binned(Bins.between(edges));
        return new Plot(
                list(edges),
                List.of(),
                list(binned.referenceShares()),
                list(binned.currentShares()),
                quantiles(pair.referenceQuantiles()::at),
                quantiles(pair.currentQuantiles()::at));
    }

    /** As for two samples, with the reference's shares interpolated between its marks. */
    public static Plot of(Marks marks, double[] current) {
        double[] values = marks.values();
        double low = Math.min(values[0], current[0]);
        double high = Math.max(values[values.length - 1], current[current.length - 1]);
        double[] trimmed = {percentile(marks, current, 0.005, low), percentile(marks, current, 0.995, high)};
        double width = (trimmed[1] - trimmed[0]) / BINS;
        if (!(width > 0)) {
            return new Plot(
                    List.of(low, high > low ? high : low + 1),
                    List.of(),
                    List.of(1.0),
                    List.of(1.0),
                    List.of(),
                    List.of());
        }
        double[] edges = IntStream.rangeClosed(0, BINS)
                .mapToDouble(i -> trimmed[0] + i * width)
                .toArray();
        CategoryPair binned = NumericPair.of(new double[0], current).binned(Bins.between(edges));
        List<Double> reference = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            double from = i == 0 ? 0 : marks.shareBelow(edges[i]);
            reference.add((i == BINS - 1 ? 1 : marks.shareBelow(edges[i + 1])) - from);
        }
        return new Plot(
                list(edges),
                List.of(),
                reference,
                list(binned.currentShares()),
                quantiles(marks::quantile),
                quantiles(NumericPair.of(new double[0], current).currentQuantiles()::at));
    }

    /** The outermost value that both samples' shares agree to show. */
    private static double percentile(Marks marks, double[] current, double share, double absent) {
        double own = current[(int) Math.min(current.length - 1, Math.round(share * (current.length - 1)))];
        double other = absent;
        for (double value : marks.values()) {
            if (marks.shareBelow(value) >= share) {
                other = value;
                break;
            }
        }
        return share < 0.5 ? Math.min(own, other) : Math.max(own, other);
    }

    /** The most frequent categories, the rest put together. */
    public static Plot of(CategoryPair pair) {
        double[] reference = pair.referenceShares();
        double[] current = pair.currentShares();
        List<Integer> order = IntStream.range(0, pair.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.max(reference[i], current[i])))
                .toList();
        int shown = order.size() <= CATEGORIES ? order.size() : CATEGORIES - 1;
        List<String> names = new ArrayList<>();
        List<Double> left = new ArrayList<>();
        List<Double> right = new ArrayList<>();
        for (int i : order.subList(0, shown)) {
            names.add(pair.levels().get(i));
            left.add(reference[i]);
            right.add(current[i]);
        }
        if (shown < order.size()) {
            List<Integer> rest = order.subList(shown, order.size());
            names.add(rest.size() + " others");
            left.add(rest.stream().mapToDouble(i -> reference[i]).sum());
            right.add(rest.stream().mapToDouble(i -> current[i]).sum());
        }
        return of(names, left, right);
    }

    private static List<Double> list(double[] numbers) {
        return DoubleStream.of(numbers).boxed().toList();
    }
}
