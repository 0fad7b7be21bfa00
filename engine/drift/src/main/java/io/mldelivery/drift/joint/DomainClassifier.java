package io.mldelivery.drift.joint;

import io.mldelivery.drift.finding.JointFinding;
import io.mldelivery.drift.finding.JointFinding.Cause;
import io.mldelivery.drift.learning.BinnedColumns;
import io.mldelivery.drift.learning.BoostedTrees;
import io.mldelivery.drift.learning.Features;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Learns to tell reference from current rows. Every row is scored by a model that did not learn from it
 * ({@value #FOLDS} folds), so that rows of one distribution are told apart no better than by chance.
 */
final class DomainClassifier {
    private static final int FOLDS = 3;
    private static final int MOST_CAUSES = 5;

    private DomainClassifier() {}

    static JointFinding compare(Features features, double threshold) {
        int before = features.reference()[0].length;
        BinnedColumns columns = BinnedColumns.of(features.together());
        int rows = before + features.current()[0].length;
        double[] target = IntStream.range(0, rows)
                .mapToDouble(row -> row < before ? 0 : 1)
                .toArray();
        double[] scores = new double[rows];
        double[] shares = new double[features.names().size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            int[] learnt =
                    IntStream.range(0, rows).filter(row -> row % FOLDS != held).toArray();
            BoostedTrees trees = BoostedTrees.classifier(columns, learnt, target);
            IntStream.range(0, rows)
                    .filter(row -> row % FOLDS == held)
                    .forEach(row -> scores[row] = trees.predict(columns, row));
            double[] importance = trees.importance();
            for (int i = 0; i < shares.length; i++) {
                shares[i] += importance[i] / FOLDS;
            }
        }
        boolean[] isCurrent = new boolean[rows];
        java.util.Arrays.fill(isCurrent, before, rows, true);
        Separation found = Separation.of(isCurrent, scores);
        return JointFinding.measured(
                        "domain-classifier",
                        "all columns",
                        found.area(),
                        threshold,
                        found.pValue(),
                        before + " reference and " + (rows - before) + " current rows")
                .because(causes(features, shares));
    }

    private static List<Cause> causes(Features features, double[] shares) {
        List<Cause> causes = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            causes.add(new Cause(features.names().get(i), shares[i]));
        }
        return causes.stream()
                .filter(cause -> cause.share() > 0)
                .sorted(Comparator.comparingDouble(Cause::share).reversed())
                .limit(MOST_CAUSES)
                .toList();
    }
}
