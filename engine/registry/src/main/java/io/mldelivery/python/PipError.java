package io.mldelivery.python;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.List;

/** Finds the one line in pip's output that says what went wrong. */
final class PipError {
    private PipError() {}

    static DeliveryException of(String lockFile, String output) {
        String what = "pip could not install " + lockFile + ": " + reason(output);
        if (output.contains("No space left on device")) {
            return new DeliveryException(Code.ENVIRONMENT, what, "Free disk space, then run again.");
        }
        if (output.contains("DO NOT MATCH THE HASHES")) {
            return new DeliveryException(
                    Code.DATA,
                    what,
                    "Somebody changed the package or the lock file: find out who before making the lock file anew.");
        }
        if (output.contains("No matching distribution found")) {
            return new DeliveryException(
                    Code.ENVIRONMENT,
                    what,
                    "Check the connection to the package index, and that the package has a wheel for this Python.");
        }
        return new DeliveryException(
                Code.ENVIRONMENT, what, "Check the lock file and the package index, then run again.");
    }

    private static String reason(String output) {
        List<String> errors =
                output.lines().filter(line -> line.startsWith("ERROR: ")).toList();
        return errors.isEmpty()
                ? lastLine(output)
                : errors.get(errors.size() - 1).substring("ERROR: ".length()).strip();
    }

    static String lastLine(String output) {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    }
}
