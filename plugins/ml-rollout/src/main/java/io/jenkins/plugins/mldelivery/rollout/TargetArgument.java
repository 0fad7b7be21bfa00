package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import io.jenkins.plugins.mldelivery.rollout.RolloutSettings.Place;

/** The argument {@code target} of the steps: {@code local}, {@code local:NAME}, or a file that describes the target. */
final class TargetArgument {
    static final String LOCAL = "local";

    private TargetArgument() {}

    static Place parse(String step, String target) throws AbortException {
        if (target.equals(LOCAL)) {
            return Place.onAgent("");
        }
        if (target.startsWith(LOCAL + ":")) {
            return Place.onAgent(target.substring(LOCAL.length() + 1));
        }
        if (target.endsWith(".yaml") || target.endsWith(".yml")) {
            return Place.described(target);
        }
        throw new AbortException(
                step + ": target '" + target + "' is not known" + System.lineSeparator()
                        + "Write local, local:NAME to keep several targets of one model apart, or the name of a target's YAML file.");
    }

    static String textOr(String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.trim();
    }
}
