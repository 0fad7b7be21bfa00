package io.mldelivery.gate.measure;

import java.util.List;
import java.util.Optional;

/**
 * Curves of binary scores, thinned to what a page can show.
 *
 * @param champion absent when there is none, or none with scores
 */
public record Plots(OfModel candidate, Optional<OfModel> champion) {
    /**
     * One model's.
     *
     * @param roc points of false and true positive rate, from (0, 0) to (1, 1)
     * @param precisionRecall points of recall and precision, by rising recall
     * @param reliability for each of ten equal bins with rows: mean score, share of positives, share of rows; empty when
     *     scores are no probabilities
     */
    public record OfModel(List<Point> roc, List<Point> precisionRecall, List<Bin> reliability) {}

    /** A point of a curve. */
    public record Point(double x, double y) {}

    /** One bin of a reliability curve. */
    public record Bin(double score, double positives, double rows) {}
}
