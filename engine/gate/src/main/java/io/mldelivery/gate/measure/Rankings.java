package io.mldelivery.gate.measure;

import io.mldelivery.stats.Order;
import java.util.Arrays;

/**
 * Metrics of rankings: means over groups (queries). NDCG averages over the orders of tied scores, as scikit-learn; in
 * MAP and MRR ties count against the model, relevant rows last.
 */
final class Rankings {
    private final double[] relevance;
    private final double[] score;
    private final int[][] groups;

    Rankings(double[] relevance, double[] score, int[] group) {
        this.relevance = relevance;
        this.score = score;
        int count = Arrays.stream(group).max().orElse(-1) + 1;
        int[] sizes = new int[count];
        for (int g : group) {
            sizes[g]++;
        }
        groups = new int[count][];
        for (int g = 0; g < count; g++) {
            groups[g] = new int[sizes[g]];
        }
        for (int i = group.length - 1; i >= 0; i--) {
            groups[group[i]][--sizes[group[i]]] = i;
        }
    }

    private interface OfGroup {
        double of(int[] descending);
    }

    private Estimate mean(OfGroup metric) {
        double[] values = new double[groups.length];
        int used = 0;
        for (int[] group : groups) {
            if (group.length > 0) {
                values[used++] = metric.of(descending(group));
            }
        }
        double[] kept = Arrays.copyOf(values, used);
        return new Weights(new double[0], used).mean(kept, Estimate.Form.MEAN);
    }

    /** A group's rows by falling score, among tied ones by rising relevance. */
    private int[] descending(int[] group) {
        int[] byRelevance = sorted(group, relevance, 1);
        return sorted(byRelevance, score, -1);
    }

    private static int[] sorted(int[] rows, double[] by, int sign) {
        double[] keys = Arrays.stream(rows).mapToDouble(row -> sign * by[row]).toArray();
        return Arrays.stream(Order.ascending(keys)).map(i -> rows[i]).toArray();
    }

    /** The discounted gain of the first k rows over that of the ideal order; 0 for groups without relevant rows. */
    Estimate ndcg(int k) {
        return mean(rows -> {
            double ideal = 0;
            double[] gains = Arrays.stream(rows)
                    .mapToDouble(row -> relevance[row])
                    .sorted()
                    .toArray();
            for (int i = 0; i < Math.min(k, gains.length); i++) {
                ideal += gains[gains.length - 1 - i] / log2(i + 2);
            }
            return ideal == 0 ? 0 : discounted(rows, k) / ideal;
        });
    }

    private double discounted(int[] rows, int k) {
        double sum = 0;
        for (int start = 0; start < rows.length; ) {
            int end = start;
            double gain = 0;
            double discount = 0;
            while (end < rows.length && score[rows[end]] == score[rows[start]]) {
                gain += relevance[rows[end]];
                discount += end < k ? 1 / log2(end + 2) : 0;
                end++;
            }
            sum += gain / (end - start) * discount;
            start = end;
        }
        return sum;
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    /** The mean precision at the relevant rows among the first k, over min(k, relevant rows). */
    Estimate averagePrecision(int k) {
        return mean(rows -> {
            double sum = 0;
            int relevant = 0;
            for (int i = 0; i < rows.length; i++) {
                if (relevance[rows[i]] > 0) {
                    relevant++;
                    sum += i < k ? (double) relevant / (i + 1) : 0;
                }
            }
            return relevant == 0 ? 0 : sum / Math.min(k, relevant);
        });
    }

    /** One over the place of the first relevant row; 0 without one among the first k. */
    Estimate reciprocalRank(int k) {
        return mean(rows -> {
            for (int i = 0; i < Math.min(k, rows.length); i++) {
                if (relevance[rows[i]] > 0) {
                    return 1.0 / (i + 1);
                }
            }
            return 0;
        });
    }
}
