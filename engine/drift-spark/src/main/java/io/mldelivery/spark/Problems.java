package io.mldelivery.spark;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;

/** Turns Spark's failures, which are traces over many lines, into one line what and where, and one line what to do. */
final class Problems {
    private static final int LONGEST = 300;

    private Problems() {}

    /** Asks Spark something about a source. Spark throws checked exceptions that its methods do not declare. */
    static <T> T asking(String source, Callable<T> question) {
        try {
            return question.call();
        } catch (DeliveryException e) {
            throw e;
        } catch (Exception e) {
            throw of(source, e);
        }
    }

    private static DeliveryException of(String source, Exception e) {
        Throwable cause = root(e);
        if (cause instanceof OutOfMemoryError
                || String.valueOf(cause.getMessage()).contains("maxResultSize")) {
            return new DeliveryException(
                    Code.ENVIRONMENT,
                    source + ": the memory of the job does not suffice: " + line(cause),
                    "Raise --driver-memory, --executor-memory or spark.driver.maxResultSize.",
                    e);
        }
        if (e instanceof AnalysisException) {
            return new DeliveryException(
                    Code.DATA,
                    source + ": " + line(e),
                    "Check that the data has the columns and types the question needs.",
                    e);
        }
        return new DeliveryException(
                Code.DATA,
                source + ": Spark could not read it: " + line(cause),
                "Check that the files are complete and of one schema; the job's log says more.",
                e);
    }

    private static Throwable root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The first line of a message. */
    static String line(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String first = message.strip().lines().findFirst().orElse("").strip();
        return first.length() <= LONGEST ? first : first.substring(0, LONGEST) + "…";
    }
}
