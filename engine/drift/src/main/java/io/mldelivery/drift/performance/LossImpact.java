package io.mldelivery.drift.performance;

import io.mldelivery.drift.policy.ModelRoles;
import io.mldelivery.drift.rows.RowSample;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * By how much the model's mean loss changes because one column's values shifted, everything else as in the reference: the
 * reference's mean loss in each part of the column, weighted by the current instead of the reference's shares. A part
 * is a tenth of the reference's values, or a category. For an area under the ROC curve the loss is the squared error; for
 * an accuracy the sign is turned, so that a positive impact is always a loss.
 */
public final class LossImpact {
    private static final int PARTS = 10;
    private static final int LEAST_ROWS = 20;

    private LossImpact() {}

    /** The impact of each column; empty when the reference has no labels. */
    public static Map<String, Double> of(
            ModelRoles roles, List<String> names, double[][] reference, double[][] current, RowSample before) {
        Answers answers = Answers.of(before, roles);
        Map<String, Double> impacts = new LinkedHashMap<>();
        if (answers.labels().isEmpty()) {
            return impacts;
        }
        double[] losses = new double[answers.size()];
        double sign = roles.metric() == io.mldelivery.drift.policy.Metric.ACCURACY ? -1 : 1;
        for (int i = 0; i < losses.length; i++) {
            losses[i] = sign * Quality.loss(roles, answers.labels().get()[i], answers.predictions()[i]);
        }
        for (int i = 0; i < names.size(); i++) {
            impacts.put(names.get(i), impact(Answers.at(reference[i], answers.rows()), losses, current[i]));
        }
        return impacts;
    }

    private static double impact(double[] reference, double[] losses, double[] current) {
        double[] edges = edges(reference);
        double[] loss = new double[edges.length + 2];
        double[] count = new double[edges.length + 2];
        double[] now = new double[edges.length + 2];
        for (int i = 0; i < reference.length; i++) {
            int part = part(edges, reference[i]);
            loss[part] += losses[i];
            count[part]++;
        }
        for (double value : current) {
            now[part(edges, value)]++;
        }
        double mean = Arrays.stream(losses).average().orElse(0);
        double impact = 0;
        for (int part = 0; part < loss.length; part++) {
            double here = count[part] >= LEAST_ROWS ? loss[part] / count[part] : mean;
            impact += (now[part] / current.length - count[part] / reference.length) * (here - mean);
        }
        return impact;
    }

    private static double[] edges(double[] values) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        double[] distinct = Arrays.stream(sorted).distinct().toArray();
        if (distinct.length <= 2 * PARTS) {
            return distinct;
        }
        double[] edges = new double[PARTS - 1];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = sorted[(i + 1) * sorted.length / PARTS];
        }
        return Arrays.stream(edges).distinct().toArray();
    }

    private static int part(double[] edges, double value) {
        if (Double.isNaN(value)) {
            return edges.length + 1;
        }
        int found = Arrays.binarySearch(edges, value);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
