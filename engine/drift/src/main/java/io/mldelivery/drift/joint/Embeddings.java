package io.mldelivery.drift.joint;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.engine.Frame;
import io.mldelivery.drift.finding.JointFinding;
import io.mldelivery.drift.policy.Sampling;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares embeddings, each a column of lists or some numeric columns. */
final class Embeddings {
    private static final int ROWS = 2000;

    private final Sampling sampling;

    Embeddings(Sampling sampling) {
        this.sampling = sampling;
    }

    JointFinding compare(String name, String pattern, Frame reference, Frame current, double threshold) {
        double[][] before = rows(reference, pattern);
        double[][] now = rows(current, pattern);
        int width = before[0].length;
        for (double[] row : now) {
            if (row.length != width) {
                throw wrong(
                        name,
                        "has " + width + " numbers in " + reference.source() + " and " + row.length + " in "
                                + current.source());
            }
        }
        var found = MeanDiscrepancy.of(before, now, sampling.seed());
        double cosine = cosine(mean(before), mean(now));
        return JointFinding.measured(
                "embedding",
                name,
                found.value(),
                threshold,
                found.pValue(),
                String.format(Locale.ROOT, "cosine of the means %.4f, %d numbers", cosine, width));
    }

    private double[][] rows(Frame table, String pattern) {
        double[][] rows = table.vectors(columns(table, pattern), ROWS, sampling.seed());
        if (rows.length == 0) {
            throw wrong(pattern, "has no complete row in " + table.source());
        }
        return rows;
    }

    private static List<Column> columns(Frame table, String pattern) {
        var column = table.column(pattern).filter(found -> found.kind() == ColumnKind.OTHER);
        if (column.isPresent()) {
            return List.of(column.get());
        }
        var expression = Pattern.compile(
                Pattern.compile("\\*")
                        .splitAsStream(pattern + "\0")
                        .map(part -> Pattern.quote(part.replace("\0", "")))
                        .collect(Collectors.joining(".*")),
                Pattern.DOTALL);
        List<Column> columns = table.columns().stream()
                .filter(found -> found.kind() == ColumnKind.NUMERIC
                        && expression.matcher(found.name()).matches())
                .toList();
        if (columns.isEmpty()) {
            throw wrong(pattern, "names no column of lists and no numeric columns of " + table.source());
        }
        return columns;
    }

    private static DeliveryException wrong(String name, String problem) {
        return new DeliveryException(
                Code.CONFIG,
                "embeddings: '" + name + "' " + problem,
                "Correct the name or pattern under embeddings: columns.");
    }

    private static double[] mean(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        return mean;
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            left += a[i] * a[i];
            right += b[i] * b[i];
        }
        return left > 0 && right > 0 ? product / Math.sqrt(left * right) : left == right ? 1 : 0;
    }
}
