package io.mldelivery.serving.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.serving.protobuf.ProtobufWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeHistogramTest {

    /** Fields of a message in order: "number=value", of inner messages "number={..}". */
    private static List<String> fields(ByteBuffer message) {
        List<String> fields = new ArrayList<>();
        while (message.hasRemaining()) {
            long key = varint(message);
            String field = (key >> 3) + "=";
            switch ((int) key & 7) {
                case 0 -> fields.add(field + varint(message));
                case 1 -> fields.add(field + message.getDouble());
                default -> {
                    int length = (int) varint(message);
                    ByteBuffer inner = message.slice(message.position(), length).order(ByteOrder.LITTLE_ENDIAN);
                    message.position(message.position() + length);
                    fields.add(field + fields(inner));
                }
            }
        }
        return fields;
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static List<String> written(double... values) {
        Histogram histogram = new Histogram(true, 1);
        for (double value : values) {
            histogram.observe(value);
        }
        ProtobufWriter message = new ProtobufWriter();
        histogram.write(message);
        return fields(ByteBuffer.wrap(message.toByteArray()).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Schema 3: 1 is the upper bound of bucket 0 and 2 that of bucket 8; signed numbers are zigzag-coded. */
    @Test
    void shouldWriteRunsOfBucketsWithTheirDistancesAndChanges() {
        assertThat(written(1, 1, 1, 2, 2.1))
                .containsExactly(
                        "3=[1=3, 2=1.0]",
                        "3=[1=5, 2=Infinity]",
                        "1=5",
                        "2=7.1",
                        "5=6",
                        "6=" + Math.pow(2, -20),
                        "7=0",
                        "13=6",
                        "12=[1=0, 2=1]",
                        "13=3",
                        "13=0",
                        "12=[1=14, 2=2]");
    }

    @Test
    void shouldCountTheTinyAsZeroAndTheHugeIntoTheLastBucket() {
        List<String> fields = written(0, 1e-9, 1e9);

        assertThat(fields).contains("7=2", "12=[1=160, 2=1]", "1=3");
    }

    @Test
    void shouldPutAValueIntoTheBucketWhoseUpperBoundItIs() {
        assertThat(ExponentialBuckets.index(1)).isZero();
        assertThat(ExponentialBuckets.index(1.0001)).isEqualTo(1);
        assertThat(ExponentialBuckets.index(Math.pow(2, 1 / 8.0) * 0.9999)).isEqualTo(1);
        assertThat(ExponentialBuckets.index(0.5)).isEqualTo(-8);
    }
}
