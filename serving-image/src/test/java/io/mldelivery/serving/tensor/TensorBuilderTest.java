package io.mldelivery.serving.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.DataType;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorBuilderTest {

    private static TensorBuilder builder(DataType type, boolean allowNan) {
        return new TensorBuilder(TensorSpec.ofUnknownShape("x", type), allowNan);
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT32, 0.1, 0.10000000149011612",
        "FLOAT64, 0.1, 0.1",
        "FLOAT16, 0.1, 0.0999755859375",
        "FLOAT16, 65504, 65504",
        "FLOAT16, 6e-8, 5.960464477539063e-8",
        "INT64, -5, -5",
        "INT32, 2147483647, 2147483647",
        "UINT32, 4294967295, 4294967295",
        "INT16, -32768, -32768",
        "UINT16, 65535, 65535",
        "INT8, -128, -128",
        "UINT8, 255, 255",
        "BOOLEAN, 1, 1"
    })
    void shouldKeepANumberThatFits(DataType type, double value, double expected) {
        TensorBuilder builder = builder(type, false);
        builder.add(value);

        assertThat(builder.build(1).number(0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT32, 3.5e38, NOT_FINITE",
        "FLOAT32, NaN, NOT_FINITE",
        "FLOAT64, Infinity, NOT_FINITE",
        "FLOAT16, 65520, NOT_FINITE",
        "INT64, 0.5, WRONG_TYPE",
        "INT64, 1e19, WRONG_TYPE",
        "INT64, NaN, NOT_FINITE",
        "INT32, 2147483648, WRONG_TYPE",
        "UINT8, -1, WRONG_TYPE",
        "INT8, 128, WRONG_TYPE",
        "BOOLEAN, 2, WRONG_TYPE",
        "STRING, 1, WRONG_TYPE"
    })
    void shouldRefuseANumberThatDoesNotFit(DataType type, double value, ErrorCode code) {
        assertThatThrownBy(() -> builder(type, false).add(value)).isInstanceOfSatisfying(ServingException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining("Element 0 of input 'x'");
        });
    }

    @Test
    void shouldTakeNanWhereTheModelAllowsIt() {
        TensorBuilder builder = builder(DataType.FLOAT32, true);
        builder.addMissing();
        builder.add(Double.NaN);

        assertThat(builder.build(2).number(1)).isNaN();
        assertThatThrownBy(() -> builder(DataType.INT64, true).addMissing()).isInstanceOf(ServingException.class);
    }

    @Test
    void shouldGrow() {
        TensorBuilder builder = builder(DataType.FLOAT64, false);
        for (int i = 0; i < 10_000; i++) {
            builder.add(i);
        }

        assertThat(builder.build(100, 100).number(9_999)).isEqualTo(9_999);
    }

    @Test
    void shouldRefuseAShapeThatDoesNotHoldTheElements() {
        TensorBuilder builder = builder(DataType.FLOAT32, false);
        builder.add(1);

        assertThatThrownBy(() -> builder.build(2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldConvertHalfFloatsBothWaysExactly() {
        for (int bits = 0; bits < 0x10000; bits++) {
            float value = HalfFloats.toFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(HalfFloats.fromFloat(value)).as("%x", bits).isEqualTo((short) bits);
            }
        }
    }
}
