package io.mldelivery.drift.joint;

import io.mldelivery.drift.finding.JointFinding;
import io.mldelivery.stats.Alternative;
import io.mldelivery.stats.Moments;
import io.mldelivery.stats.Welch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Compares what two samples of texts say. Words are runs of letters and digits, in lower case. */
final class TextComparison {
    private static final int BUCKETS = 1 << 14;
    private static final int ROUNDS = 4;
    private static final double RATE = 0.5;
    private static final double SHRINKAGE = 1e-4;

    private final String column;
    private final List<List<String>> reference;
    private final List<List<String>> current;

    TextComparison(String column, String[] reference, String[] current) {
        this.column = column;
        this.reference = words(reference);
        this.current = words(current);
    }

    private static List<List<String>> words(String[] texts) {
        return Arrays.stream(texts)
                .filter(text -> text != null)
                .map(text -> Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                        .filter(word -> !word.isEmpty())
                        .toList())
                .toList();
    }

    boolean isPossible() {
        return reference.size() >= 20 && current.size() >= 20;
    }

    /**
     * By how much the mean share of unknown words in a text grew. The vocabulary is that of every other text of the
     * reference; its own share is that of the texts between.
     */
    JointFinding unknownWords(double threshold) {
        Set<String> known = new HashSet<>();
        IntStream.range(0, reference.size()).filter(i -> i % 2 == 0).forEach(i -> known.addAll(reference.get(i)));
        double[] before = shares(
                known,
                IntStream.range(0, reference.size())
                        .filter(i -> i % 2 == 1)
                        .mapToObj(reference::get)
                        .toList());
        double[] now = shares(known, current);
        double pValue = Welch.of(now, before).test(Alternative.GREATER).pValue();
        double left = Moments.of(before).mean();
        double right = Moments.of(now).mean();
        return JointFinding.measured(
                "unknown-words",
                column,
                right - left,
                threshold,
                Double.isNaN(pValue) ? right > left ? 0 : 1 : pValue,
                String.format(
                        Locale.ROOT,
                        "%.1f %% before, %.1f %% now, %d words known",
                        100 * left,
                        100 * right,
                        known.size()));
    }

    private static double[] shares(Set<String> known, List<List<String>> texts) {
        return texts.stream()
                .mapToDouble(words -> words.isEmpty()
                        ? 0
                        : (double) words.stream()
                                        .filter(word -> !known.contains(word))
                                        .count()
                                / words.size())
                .toArray();
    }

    /**
     * The area under the ROC curve of a logistic classifier on hashed words and pairs of words, learnt on one half of
     * the texts and scored on the other, both ways.
     */
    JointFinding separation(double threshold) {
        List<int[]> hashed = new ArrayList<>();
        reference.forEach(words -> hashed.add(buckets(words)));
        current.forEach(words -> hashed.add(buckets(words)));
        boolean[] isCurrent = new boolean[hashed.size()];
        Arrays.fill(isCurrent, reference.size(), hashed.size(), true);
        double[] scores = new double[hashed.size()];
        for (int half = 0; half < 2; half++) {
            double[] weights = learn(hashed, isCurrent, half);
            for (int i = half; i < hashed.size(); i += 2) {
                scores[i] = raw(weights, hashed.get(i));
            }
        }
        Separation found = Separation.of(isCurrent, scores);
        return JointFinding.measured(
                "domain-classifier",
                column,
                found.area(),
                threshold,
                found.pValue(),
                reference.size() + " reference and " + current.size() + " current texts");
    }

    private static int[] buckets(List<String> words) {
        IntStream single = words.stream().mapToInt(String::hashCode);
        IntStream pairs = IntStream.range(1, words.size()).map(i -> (words.get(i - 1) + " " + words.get(i)).hashCode());
        return IntStream.concat(single, pairs)
                .map(hash -> Math.floorMod(hash * 0x9E3779B9 >>> 7, BUCKETS))
                .distinct()
                .toArray();
    }

    /** Stochastic gradient over the texts of the other half, reference and current by turns. */
    private double[] learn(List<int[]> texts, boolean[] isCurrent, int heldHalf) {
        double[] weights = new double[BUCKETS + 1];
        double balance = (double) reference.size() / current.size();
        int step = 7919 % texts.size() == 0 ? 1 : 7919;
        for (int round = 0; round < ROUNDS; round++) {
            double rate = RATE / (1 + round);
            for (int k = 0; k < texts.size(); k++) {
                int i = (int) ((long) k * step % texts.size());
                if (i % 2 != heldHalf) {
                    double answer = 1 / (1 + Math.exp(-raw(weights, texts.get(i))));
                    double change = rate * ((isCurrent[i] ? 1 : 0) - answer) * (isCurrent[i] ? balance : 1);
                    update(weights, texts.get(i), change);
                }
            }
        }
        return weights;
    }

    private static double scale(int[] text) {
        return 1 / Math.sqrt(Math.max(1, text.length));
    }

    private static double raw(double[] weights, int[] text) {
        double raw = 0;
        for (int bucket : text) {
            raw += weights[bucket];
        }
        return weights[BUCKETS] + raw * scale(text);
    }

    private static void update(double[] weights, int[] text, double change) {
        double scale = scale(text);
        for (int bucket : text) {
            weights[bucket] += change * scale - SHRINKAGE * weights[bucket];
        }
        weights[BUCKETS] += 0.1 * change;
    }
}
