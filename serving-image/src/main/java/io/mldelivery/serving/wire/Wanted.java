package io.mldelivery.serving.wire;

import io.mldelivery.serving.tensor.Signature;
import java.util.List;

/**
 * What a request body is read for: the model's inputs, the names of its columns where it has one matrix and they are
 * known, whether NaN is a value, and how much compressed content may unpack to.
 */
public record Wanted(Signature signature, List<String> columns, boolean allowNan, int mostBytes) {

    public Wanted {
        columns = List.copyOf(columns);
    }
}
