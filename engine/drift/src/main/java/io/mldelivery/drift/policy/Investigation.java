package io.mldelivery.drift.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is looked at besides the columns' distributions.
 *
 * @param importance how much a column matters to the model, above 0; columns that are not named matter least
 * @param surrogateImportance whether importance is learnt from the model's answers in the reference
 * @param embeddings names of embeddings, each with a column of lists or a pattern of the numeric columns that make it
 * @param embeddingLimit maximum mean discrepancy at which an embedding drifted
 * @param segments how many segments in which drift concentrates are looked for; 0 for none
 * @param runLength how many checks of unchanged data go by on average before the monitoring over builds alarms
 */
public record Investigation(
        ValueLimits values,
        Optional<ModelRoles> model,
        Map<String, Double> importance,
        boolean surrogateImportance,
        Joint joint,
        TextRules texts,
        Map<String, String> embeddings,
        double embeddingLimit,
        int segments,
        Window window,
        Optional<Season> season,
        OptionalDouble runLength) {
    /** What {@code calibrated} looks at. */
    static final Investigation COLUMNS = of(new ValueLimits(0.05, 0.05));

    /** Nothing but the columns' distributions. */
    public static final Investigation NOTHING = of(ValueLimits.NONE);

    /** Where an embedding's drift begins unless the policy says otherwise. */
    static final double EMBEDDING_LIMIT = 0.1;

    public Investigation {
        importance = new LinkedHashMap<>(importance);
        embeddings = new LinkedHashMap<>(embeddings);
    }

    private static Investigation of(ValueLimits values) {
        return new Investigation(
                values,
                Optional.empty(),
                Map.of(),
                false,
                Joint.NONE,
                TextRules.NONE,
                Map.of(),
                EMBEDDING_LIMIT,
                0,
                Window.ALL,
                Optional.empty(),
                OptionalDouble.empty());
    }

    /** Whether single rows of both sides are needed, which a profile does not have. */
    public boolean needsRows() {
        return !joint.isEmpty()
                || texts.classifier().isPresent()
                || texts.unknownWords().isPresent()
                || !embeddings.isEmpty()
                || segments > 0
                || surrogateImportance;
    }
}
