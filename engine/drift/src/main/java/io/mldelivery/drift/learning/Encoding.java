package io.mldelivery.drift.learning;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers for words: each word's rank by how often it occurs, so that trees can split rare from frequent ones. */
public final class Encoding {
    private final Map<String, Double> codes = new HashMap<>();

    /** Learns the words of several samples together; null is no word. */
    public static Encoding of(String[]... samples) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String[] sample : samples) {
            for (String word : sample) {
                if (word != null) {
                    counts.merge(word, 1, Integer::sum);
                }
            }
        }
        var encoding = new Encoding();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> encoding.codes.put(entry.getKey(), (double) encoding.codes.size()));
        return encoding;
    }

    /** The codes; NaN for missing words, one more than the last code for words that were not learnt. */
    public double[] encode(String[] words) {
        double[] numbers = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = words[i] == null ? Double.NaN : codes.getOrDefault(words[i], (double) codes.size());
        }
        return numbers;
    }
}
