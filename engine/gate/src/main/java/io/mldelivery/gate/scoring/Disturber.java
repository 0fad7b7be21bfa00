package io.mldelivery.gate.scoring;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.Table;
import io.mldelivery.data.Tables;
import io.mldelivery.gate.policy.Origin.Disturbance;
import io.mldelivery.gate.policy.Origin.How;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/** Changes the features of rows; the same seed changes the same rows in the same way. */
final class Disturber {
    private final Disturbance disturbance;
    private final List<Column> features;
    private final SplittableRandom random;
    private final Map<Integer, Double> spread = new HashMap<>();
    private final Map<Integer, List<Object>> dealt = new HashMap<>();

    Disturber(Tables tables, Table table, List<Column> features, Disturbance disturbance, long seed) {
        this.disturbance = disturbance;
        this.features = features;
        this.random = new SplittableRandom(seed);
        refuseUnknown(table);
        for (int i = 0; i < features.size(); i++) {
            Column column = features.get(i);
            if (isDisturbed(column) && disturbance.how() == How.NOISE && column.kind() == ColumnKind.NUMERIC) {
                spread.put(
                        i,
                        tables.query(
                                        "SELECT stddev_samp(" + column.sql() + "::DOUBLE) FROM " + table.sql(),
                                        row -> row.number(1))
                                .get(0));
            } else if (isDisturbed(column) && disturbance.how() == How.PERMUTE) {
                dealt.put(i, dealt(tables, table, column, seed + i));
            }
        }
    }

    private void refuseUnknown(Table table) {
        for (String name : disturbance.columns()) {
            if (features.stream().noneMatch(column -> column.name().equals(name))) {
                throw new DeliveryException(
                        Code.DATA,
                        table.source() + " has no feature '" + name + "' to disturb",
                        "Correct 'columns:' of the rule.");
            }
        }
    }

    private boolean isDisturbed(Column column) {
        return disturbance.columns().isEmpty() || disturbance.columns().contains(column.name());
    }

    private static List<Object> dealt(Tables tables, Table table, Column column, long seed) {
        boolean number = column.kind() == ColumnKind.NUMERIC;
        List<Object> values = tables.query(
                "SELECT " + column.sql() + (number ? "::DOUBLE" : "::VARCHAR") + " FROM " + table.sql(),
                row -> row.isNull(1) ? null : number ? (Object) row.number(1) : row.text(1));
        List<Object> shuffled = new java.util.ArrayList<>(values);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    void disturb(Object[] values, int index) {
        for (int i = 0; i < values.length; i++) {
            if (isDisturbed(features.get(i))) {
                values[i] = disturbed(values[i], i, index);
            }
        }
    }

    private Object disturbed(Object value, int feature, int index) {
        return switch (disturbance.how()) {
            case NOISE ->
                value instanceof Double number && spread.containsKey(feature)
                        ? (Object) (number + disturbance.amount() * spread.get(feature) * normal())
                        : value;
            case MISSING -> random.nextDouble() < disturbance.amount() ? null : value;
            case PERMUTE -> dealt.get(feature).get(index);
        };
    }

    private double normal() {
        double u = 1 - random.nextDouble();
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
