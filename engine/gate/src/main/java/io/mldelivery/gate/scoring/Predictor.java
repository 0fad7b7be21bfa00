package io.mldelivery.gate.scoring;

import java.util.List;

/** A model that answers rows. */
public interface Predictor extends AutoCloseable {
    /**
     * What the model says about some rows.
     *
     * @param columns the features' names, in the model's order
     * @param rows their values: numbers, texts, or null where missing
     * @return for each row the probabilities of the classes in their order, or one value
     */
    List<double[]> predict(List<String> columns, List<Object[]> rows);

    @Override
    void close();
}
