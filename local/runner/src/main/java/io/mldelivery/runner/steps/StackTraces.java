package io.mldelivery.runner.steps;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Stack traces as Jenkins prints them: the first cause on top, then what it {@code Caused}, each without common frames. */
final class StackTraces {
    private final StringBuilder text = new StringBuilder();
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private StackTraces() {}

    /** The trace of a failure; ends with a new line. */
    static String text(Throwable failure) {
        var traces = new StackTraces();
        traces.add(failure, null, "");
        return traces.text.toString();
    }

    private void add(Throwable failure, Throwable higher, String prefix) {
        if (!seen.add(failure)) {
            line("<cycle to " + failure + ">");
            return;
        }
        Throwable cause = failure.getCause();
        if (cause != null) {
            add(cause, failure, prefix);
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            text.append(prefix).append("Also:   ");
            add(suppressed, failure, prefix + "\t");
        }
        line(cause == null ? failure.toString() : prefix + "Caused: " + summary(failure, cause));
        frames(failure.getStackTrace(), higher, prefix);
    }

    private static String summary(Throwable failure, Throwable cause) {
        String summary = failure.toString();
        String repeated = ": " + cause;
        return summary.endsWith(repeated) ? summary.substring(0, summary.length() - repeated.length()) : summary;
    }

    private void frames(StackTraceElement[] trace, Throwable higher, String prefix) {
        int own = trace.length - (higher == null ? 0 : common(trace, higher.getStackTrace()));
        for (int i = 0; i < own; i++) {
            line(prefix + "\tat " + trace[i]);
        }
    }

    private static int common(StackTraceElement[] lower, StackTraceElement[] higher) {
        int count = 0;
        while (count < Math.min(lower.length, higher.length)
                && lower[lower.length - 1 - count].equals(higher[higher.length - 1 - count])) {
            count++;
        }
        return count;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
