package io.mldelivery.serving.tensor;

/** IEEE 754 binary16, which Java 17 has no conversion for. */
public final class HalfFloats {

    private HalfFloats() {}

    /** The value of a binary16 bit pattern; exact. */
    public static float toFloat(short half) {
        float sign = half < 0 ? -1f : 1f;
        int exponent = half >> 10 & 0x1F;
        int fraction = half & 0x3FF;
        if (exponent == 0x1F) {
            return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
        }
        if (exponent == 0) {
            return sign * fraction * 0x1p-24f;
        }
        return sign * (1 + fraction * 0x1p-10f) * Math.scalb(1f, exponent - 15);
    }

    /** The nearest binary16 bit pattern, ties to even; too large becomes infinite. */
    public static short fromFloat(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
        float size = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7E00);
        }
        if (size >= 65520f) {
            return (short) (sign | 0x7C00);
        }
        if (size < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(size * 0x1p24));
        }
        int exponent = Math.getExponent(size);
        int rounded = (int) Math.rint(Math.scalb((double) size, 10 - exponent));
        return (short) (sign | ((exponent + 15 << 10) + (rounded - 1024)));
    }
}
