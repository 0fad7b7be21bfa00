package io.mldelivery.drift.learning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers for words: each word's rank by how often it occurs, so that trees can split rare from frequent ones. */
public final class Encoding {
    private final Map<String, Double> codes = new LinkedHashMap<>();

    /** The encoding of words in the order of their ranks. */
    public static Encoding ofRanked(List<String> words) {
        var encoding = new Encoding();
        words.forEach(word -> encoding.codes.put(word, (double) encoding.codes.size()));
        return encoding;
    }

    /** The words learnt, the most frequent first. */
    public List<String> words() {
        return List.copyOf(codes.keySet());
    }

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
        return ofRanked(counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList());
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
