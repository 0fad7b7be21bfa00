package io.mldelivery.data.arrow;

import io.mldelivery.data.append.ValueSink;

/** The values of one column in one batch. */
@FunctionalInterface
interface Values {
    void write(int row, ValueSink sink);
}
