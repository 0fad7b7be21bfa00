package io.jenkins.plugins.mldelivery.drift;

import hudson.AbortException;

/** What a step does when data drifted: {@code onFail}, or {@code onDrift}, which knows {@code retrain} besides. */
final class DriftReaction {
    private static final String RETRAIN = "retrain";

    private DriftReaction() {}

    static boolean isRetrain(DriftCheckStep step) {
        return step.getOnDrift().equalsIgnoreCase(RETRAIN);
    }

    /** What happens to the build, as {@code onFail} says it; a retraining makes it unstable. */
    static String check(String onFail, String onDrift, String retrain) throws AbortException {
        boolean asks = onDrift.equalsIgnoreCase(RETRAIN);
        if (!onFail.isEmpty() && !onDrift.isEmpty()) {
            throw refused("onFail and onDrift are both given", "Give one of them; onDrift knows 'retrain' besides.");
        }
        if (asks && retrain.isEmpty()) {
            throw refused("onDrift: 'retrain' is given without retrain", "Name the trigger: retrain: 'flights-drift'.");
        }
        if (!asks && !retrain.isEmpty()) {
            throw refused("retrain: '" + retrain + "' is given without onDrift: 'retrain'", "Give both or neither.");
        }
        if (!onDrift.isEmpty() && !asks && !onDrift.matches("(?i)fail|unstable|ignore")) {
            throw refused("onDrift: '" + onDrift + "' is not known", "Use fail, unstable, ignore or retrain.");
        }
        return asks ? "unstable" : onDrift.isEmpty() ? onFail : onDrift;
    }

    private static AbortException refused(String what, String advice) {
        return new AbortException("driftCheck: " + what + System.lineSeparator() + advice);
    }
}
