package io.mldelivery.gate.origin;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.data.Row;
import io.mldelivery.gate.scoring.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a model on metamorphic cases, many at a time, each with its changed twin. */
final class CaseRunner {
    private static final int BATCH = 250;
    /** The features follow the expectation, the tolerance and the name. */
    private static final int FIRST = 4;

    private final Predictor model;
    private final List<Column> features;
    private final CaseVerdicts verdicts;
    private final List<MetamorphicCase> waiting = new ArrayList<>();
    private final List<Object[]> inputs = new ArrayList<>();

    CaseRunner(Predictor model, List<Column> features, CaseVerdicts verdicts) {
        this.model = model;
        this.features = features;
        this.verdicts = verdicts;
    }

    void take(Row row) {
        waiting.add(new MetamorphicCase(row.text(1), row.number(2), Optional.ofNullable(row.text(3))));
        inputs.add(values(row, FIRST));
        inputs.add(values(row, FIRST + features.size()));
        if (waiting.size() == BATCH) {
            finish();
        }
    }

    private Object[] values(Row row, int first) {
        Object[] values = new Object[features.size()];
        for (int i = 0; i < values.length; i++) {
            boolean number = features.get(i).kind() == ColumnKind.NUMERIC;
            values[i] = row.isNull(first + i) ? null : number ? (Object) row.number(first + i) : row.text(first + i);
        }
        return values;
    }

    /** Judges the cases that wait. */
    void finish() {
        if (waiting.isEmpty()) {
            return;
        }
        List<double[]> answers =
                model.predict(features.stream().map(Column::name).toList(), inputs);
        for (int i = 0; i < waiting.size(); i++) {
            verdicts.judge(waiting.get(i), answers.get(2 * i), answers.get(2 * i + 1));
        }
        waiting.clear();
        inputs.clear();
    }
}
