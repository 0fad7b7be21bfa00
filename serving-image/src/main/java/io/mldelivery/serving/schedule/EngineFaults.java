package io.mldelivery.serving.schedule;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.util.Locale;

/** What an engine throws, as a fault a client can read. */
final class EngineFaults {

    private EngineFaults() {}

    static ServingException of(RuntimeException e) {
        String reason = rootMessage(e);
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("bad allocation") || lower.contains("bad_alloc") || lower.contains("failed to allocate")) {
            return outOfMemory(e);
        }
        return new ServingException(
                ErrorCode.MODEL_FAILED, "The model failed: " + reason, "Check the values that were sent.", e);
    }

    static ServingException outOfMemory(Throwable e) {
        return new ServingException(
                ErrorCode.OUT_OF_MEMORY,
                "Not enough memory to compute this request",
                "Send fewer rows at once, or give the server more memory.",
                e);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        // TorchScript tells what happened after a trace of where.
        return message.lines()
                .filter(line -> line.startsWith("RuntimeError: "))
                .findFirst()
                .or(() -> message.lines().findFirst())
                .orElse("");
    }
}
