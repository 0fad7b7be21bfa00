package io.mldelivery.data.arrow;

import io.mldelivery.data.append.ValueSink;

/** Collects the elements of one list. */
final class Numbers implements ValueSink {
    private final double[] values;
    private int size;
    private boolean whole = true;

    Numbers(int size) {
        this.values = new double[size];
    }

    /** Hands the list over; one that lacks an element, or has one that is no number, is missing. */
    void into(ValueSink sink) {
        if (whole && size == values.length) {
            sink.numbers(values);
        } else {
            sink.missing();
        }
    }

    @Override
    public void number(double value) {
        values[size++] = value;
    }

    @Override
    public void whole(long value) {
        number(value);
    }

    @Override
    public void missing() {
        whole = false;
    }

    @Override
    public void truth(boolean value) {
        whole = false;
    }

    @Override
    public void text(String value) {
        whole = false;
    }

    @Override
    public void day(long days) {
        whole = false;
    }

    @Override
    public void moment(long micros) {
        whole = false;
    }

    @Override
    public void numbers(double[] nested) {
        whole = false;
    }
}
