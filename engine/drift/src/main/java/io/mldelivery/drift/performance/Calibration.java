package io.mldelivery.drift.performance;

import io.mldelivery.stats.Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The probability that a score stands for, learnt on labelled rows by isotonic regression (pool adjacent violators) and
 * interpolated between the blocks' mean scores.
 *
 * @param scores ascending
 * @param probabilities ascending, as many
 */
public record Calibration(double[] scores, double[] probabilities) {
    private static final int MOST_BLOCKS = 100;

    /** Learns from scores and labels 0 and 1; at least one row. */
    public static Calibration of(double[] scores, double[] labels) {
        int[] order = Order.ascending(scores);
        List<double[]> blocks = new ArrayList<>();
        int group = Math.max(1, order.length / MOST_BLOCKS);
        int next = 0;
        while (next < order.length) {
            double[] block = new double[3];
            int end = next + group;
            while (next < order.length && (next < end || scores[order[next]] == scores[order[next - 1]])) {
                block[0] += scores[order[next]];
                block[1] += labels[order[next]] >= 0.5 ? 1 : 0;
                block[2]++;
                next++;
            }
            blocks.add(block);
            pool(blocks);
        }
        return new Calibration(
                blocks.stream().mapToDouble(block -> block[0] / block[2]).toArray(),
                blocks.stream().mapToDouble(block -> block[1] / block[2]).toArray());
    }

    private static void pool(List<double[]> blocks) {
        while (blocks.size() > 1) {
            double[] last = blocks.get(blocks.size() - 1);
            double[] before = blocks.get(blocks.size() - 2);
            if (last[1] / last[2] > before[1] / before[2]) {
                return;
            }
            blocks.remove(blocks.size() - 1);
            for (int i = 0; i < before.length; i++) {
                before[i] += last[i];
            }
        }
    }

    /** The probability of 1 for a score. */
    public double probability(double score) {
        int found = Arrays.binarySearch(scores, score);
        int next = found >= 0 ? found : -found - 1;
        if (next == 0) {
            return probabilities[0];
        }
        if (next == scores.length) {
            return probabilities[next - 1];
        }
        double share = (score - scores[next - 1]) / (scores[next] - scores[next - 1]);
        return probabilities[next - 1] + share * (probabilities[next] - probabilities[next - 1]);
    }
}
