package io.mldelivery.drift.joint;

import io.mldelivery.drift.finding.JointFinding;
import io.mldelivery.stats.Alternative;
import io.mldelivery.stats.Moments;
import io.mldelivery.stats.Welch;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether current rows still lie where the columns of the reference vary together: the error of the reference's
 * principal components, in standard deviations. The components are learnt from one half of the reference's rows and the
 * errors of the other half are compared, since rows that were learnt from fit too well.
 */
final class Reconstruction {
    private Reconstruction() {}

    static JointFinding compare(Standardized rows, double threshold) {
        double[][] learnt = half(rows.reference(), 0);
        PrincipalComponents components = PrincipalComponents.of(learnt);
        double[] before = errors(components, half(rows.reference(), 1));
        double[] now = errors(components, rows.current());
        Moments left = Moments.of(before);
        double unit = Math.sqrt(left.variance());
        double shift = Moments.of(now).mean() - left.mean();
        double value = unit > 0 ? Math.abs(shift) / unit : shift == 0 ? 0 : Double.MAX_VALUE;
        double pValue = Welch.of(now, before).test(Alternative.TWO_SIDED).pValue();
        return JointFinding.measured(
                "reconstruction",
                "numeric columns",
                value,
                threshold,
                Double.isNaN(pValue) ? 1 : pValue,
                components.count() + " of " + learnt[0].length + " components");
    }

    private static double[] errors(PrincipalComponents components, double[][] rows) {
        return Arrays.stream(rows).mapToDouble(components::error).toArray();
    }

    private static double[][] half(double[][] rows, int rest) {
        return IntStream.range(0, rows.length)
                .filter(row -> row % 2 == rest)
                .mapToObj(row -> rows[row])
                .toArray(double[][]::new);
    }
}
