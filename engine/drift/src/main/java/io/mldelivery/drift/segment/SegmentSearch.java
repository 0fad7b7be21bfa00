package io.mldelivery.drift.segment;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.finding.Segment;
import io.mldelivery.drift.learning.Features;
import io.mldelivery.drift.rows.RowSample;
import io.mldelivery.drift.statistics.ChiSquare;
import io.mldelivery.drift.statistics.Distances;
import io.mldelivery.drift.statistics.Kolmogorov;
import io.mldelivery.drift.statistics.NumericPair;
import io.mldelivery.stats.KolmogorovSmirnov;
import io.mldelivery.stats.Tails;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Looks, for each drifted column, for groups of rows with one category or one quarter of a number in common, in which it
 * drifted at least {@value #CONCENTRATED} times as far as among all other rows. Tests that there is drift in the
 * group, and more than elsewhere, are corrected for the number of groups (Bonferroni). Of wide tables only the worst columns are looked at, so that the search takes seconds.
 */
public final class SegmentSearch {
    private static final double CONCENTRATED = 1.5;
    private static final int LEAST_ROWS = 100;
    private static final int MOST_CATEGORIES = 20;
    private static final int QUARTERS = 4;
    private static final int MOST_COMPARISONS = 6000;
    private static final int LEAST_COLUMNS = 3;

    private final List<Column> columns;
    private final RowSample reference;
    private final RowSample current;
    private final double[][] before;
    private final double[][] now;
    private final List<Group> groups;

    /** {@code columns} are those that both samples hold. */
    public SegmentSearch(List<Column> columns, RowSample reference, RowSample current) {
        this.columns = columns;
        this.reference = reference;
        this.current = current;
        Features features = Features.of(columns, reference, current);
        this.before = features.reference();
        this.now = features.current();
        this.groups =
                columns.stream().flatMap(column -> groups(column).stream()).toList();
    }

    private record Group(String column, String member, IntPredicate inReference, IntPredicate inCurrent) {}

    /** How many of so many drifted columns are looked at. */
    public int columnsOf(int drifted) {
        return Math.min(drifted, Math.max(LEAST_COLUMNS, MOST_COMPARISONS / Math.max(1, groups.size())));
    }

    /**
     * The groups found, those with the largest distance first.
     *
     * @param all the drifted columns, the worst first
     */
    public List<Segment> search(List<String> all, double level, int most) {
        List<String> drifted = all.subList(0, columnsOf(all.size()));
        int tests = Math.max(1, groups.size() * drifted.size());
        List<Segment> found = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (drifted.contains(columns.get(i).name())) {
                for (Group group : groups) {
                    if (!group.column().equals(columns.get(i).name())) {
                        segment(i, group)
                                .filter(segment -> segment.pValue() * tests <= level)
                                .ifPresent(found::add);
                    }
                }
            }
        }
        return found.stream()
                .sorted(Comparator.comparingDouble(Segment::inside).reversed())
                .limit(most)
                .toList();
    }

    private java.util.Optional<Segment> segment(int column, Group group) {
        double[][] inside = {values(before[column], group.inReference()), values(now[column], group.inCurrent())};
        double[][] outside = {
            values(before[column], group.inReference().negate()),
            values(now[column], group.inCurrent().negate())
        };
        if (Math.min(inside[0].length, inside[1].length) < LEAST_ROWS
                || Math.min(outside[0].length, outside[1].length) < LEAST_ROWS) {
            return java.util.Optional.empty();
        }
        boolean categories = columns.get(column).kind() == ColumnKind.CATEGORICAL;
        NumericPair within = NumericPair.of(inside[0], inside[1]);
        double distance = distance(within, categories);
        double other = distance(NumericPair.of(outside[0], outside[1]), categories);
        if (distance < CONCENTRATED * other) {
            return java.util.Optional.empty();
        }
        double pValue = Math.max(withinGroup(within, distance, categories), larger(distance, other, inside, outside));
        return java.util.Optional.of(new Segment(
                columns.get(column).name(), group.column(), group.member(), distance, other, inside[1].length, pValue));
    }

    /** Of no drift within the group. */
    private static double withinGroup(NumericPair within, double distance, boolean categories) {
        return categories
                ? ChiSquare.test(within.asCategories().withoutRareLevels())
                        .map(ChiSquare::pValue)
                        .orElse(1.0)
                : KolmogorovSmirnov.asymptoticPValue(distance, within.referenceSize(), within.currentSize());
    }

    /**
     * Of no more drift in the group than elsewhere: the difference of the two distances against its largest standard error,
     * as each distance is a difference of two shares.
     */
    private static double larger(double distance, double other, double[][] inside, double[][] outside) {
        double variance =
                0.25 / inside[0].length + 0.25 / inside[1].length + 0.25 / outside[0].length + 0.25 / outside[1].length;
        return Tails.normalSurvival((distance - other) / Math.sqrt(variance));
    }

    private static double distance(NumericPair pair, boolean categories) {
        return categories ? Distances.totalVariation(pair.asCategories()) : Kolmogorov.statistic(pair);
    }

    private static double[] values(double[] column, IntPredicate rows) {
        return IntStream.range(0, column.length)
                .filter(rows)
                .mapToDouble(i -> column[i])
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    private List<Group> groups(Column column) {
        return switch (column.kind()) {
            case CATEGORICAL -> categories(column.name());
            case NUMERIC -> quarters(column.name());
            case TEXT, DATETIME, OTHER -> List.of();
        };
    }

    private List<Group> categories(String column) {
        String[] left = reference.words().get(column);
        String[] right = current.words().get(column);
        Map<String, Long> counts = Arrays.stream(left)
                .filter(word -> word != null)
                .collect(Collectors.groupingBy(word -> word, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_CATEGORIES)
                .map(Map.Entry::getKey)
                .map(word ->
                        new Group(column, column + " = " + word, i -> word.equals(left[i]), i -> word.equals(right[i])))
                .toList();
    }

    private List<Group> quarters(String column) {
        double[] left = reference.numbers().get(column);
        double[] right = current.numbers().get(column);
        double[] sorted = Arrays.stream(left).filter(Double::isFinite).sorted().toArray();
        if (sorted.length < QUARTERS) {
            return List.of();
        }
        List<Group> groups = new ArrayList<>();
        double low = Double.NEGATIVE_INFINITY;
        for (int quarter = 1; quarter <= QUARTERS; quarter++) {
            double from = low;
            double to = quarter == QUARTERS ? Double.POSITIVE_INFINITY : sorted[quarter * sorted.length / QUARTERS];
            if (to > from) {
                groups.add(new Group(
                        column,
                        column + " " + words(from, to),
                        i -> left[i] >= from && left[i] < to,
                        i -> right[i] >= from && right[i] < to));
            }
            low = to;
        }
        return groups;
    }

    private static String word(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? String.valueOf((long) value)
                : String.format(java.util.Locale.ROOT, "%.4g", value);
    }

    private static String words(double from, double to) {
        String low = word(from);
        String high = word(to);
        return Double.isInfinite(from) ? "below " + high : Double.isInfinite(to) ? "from " + low : low + " to " + high;
    }
}
