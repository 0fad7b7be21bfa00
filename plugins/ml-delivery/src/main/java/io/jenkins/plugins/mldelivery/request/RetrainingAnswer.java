package io.jenkins.plugins.mldelivery.request;

/**
 * What became of a request.
 *
 * @param started whether a retraining starts
 * @param reason one sentence with the numbers that decided
 */
public record RetrainingAnswer(boolean started, String reason) {
    public static RetrainingAnswer started(String reason) {
        return new RetrainingAnswer(true, reason);
    }

    public static RetrainingAnswer refused(String reason) {
        return new RetrainingAnswer(false, reason);
    }
}
