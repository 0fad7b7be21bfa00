package io.mldelivery.data.append;

/** Takes the values of a row; which method is called follows from the column's {@link ValueType}. */
public interface ValueSink {
    /** There is no value. */
    void missing();

    void whole(long value);

    void number(double value);

    void truth(boolean value);

    void text(String value);

    /** Days since 1970. */
    void day(long days);

    /** Microseconds since 1970, UTC. */
    void moment(long micros);

    void numbers(double[] values);
}
