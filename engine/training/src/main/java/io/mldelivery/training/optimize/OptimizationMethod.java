package io.mldelivery.training.optimize;

import io.mldelivery.config.Nearest;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is done to a model. */
public enum OptimizationMethod {
    /** Constants folded, operators fused; the numbers stay. */
    GRAPH,
    /** Weights as 8-bit integers, activations by what passes; no calibration. */
    DYNAMIC,
    /** Weights and activations as 8-bit integers, their ranges learned from calibration rows. */
    STATIC;

    /** Reads {@code graph}, {@code dynamic} or {@code static}; another word fails. */
    public static OptimizationMethod of(String word) {
        List<String> known =
                Arrays.stream(values()).map(OptimizationMethod::word).toList();
        return Arrays.stream(values())
                .filter(method -> method.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new DeliveryException(
                        Code.CONFIG,
                        "the method '" + word + "' is unknown",
                        "Use one of " + String.join(", ", known)
                                + Nearest.to(word, known).stream()
                                        .findFirst()
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse(".")));
    }

    /** As users write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
