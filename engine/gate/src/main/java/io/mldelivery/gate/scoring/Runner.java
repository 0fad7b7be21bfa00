package io.mldelivery.gate.scoring;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.Locale;

/** What runs models when a gate asks them. */
public enum Runner {
    /** The model server, as in production. */
    SERVER,
    /** Python, in the environment that trained the model. */
    PYTHON;

    /** The runner of this name, lower case; the server when none is named. */
    public static Runner of(String word) {
        for (Runner runner : values()) {
            if (runner.name().toLowerCase(Locale.ROOT).equals(word)) {
                return runner;
            }
        }
        if (word.isEmpty()) {
            return SERVER;
        }
        throw new DeliveryException(
                Code.CONFIG,
                "the runner '" + word + "' is unknown",
                "Write server, or python for the environment of the training.");
    }
}
