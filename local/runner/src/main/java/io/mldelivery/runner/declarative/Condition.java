package io.mldelivery.runner.declarative;

import hudson.AbortException;
import hudson.model.Cause;
import io.mldelivery.runner.build.BuildSurroundings;
import io.mldelivery.runner.steps.files.AntPattern;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** A condition of {@code when} that has arguments. A local build has no branch, tag or change unless variables say so. */
final class Condition {
    private final String name;
    private final Object argument;
    private final BuildSurroundings build;

    Condition(String name, List<?> arguments, BuildSurroundings build) {
        this.name = name;
        this.argument = arguments.isEmpty() ? null : arguments.get(0);
        this.build = build;
    }

    boolean isMet() throws AbortException {
        return switch (name) {
            case "branch" -> matches(variable("BRANCH_NAME"), "pattern");
            case "tag" -> argument == null ? variable("TAG_NAME") != null : matches(variable("TAG_NAME"), "pattern");
            case "buildingTag" -> variable("TAG_NAME") != null;
            case "changeRequest" -> isChangeRequest();
            case "isRestartedRun" -> false;
            case "environment" -> environment();
            case "equals" -> Objects.equals(text("expected"), text("actual"));
            case "triggeredBy" -> isTriggeredBy();
            default -> throw new AbortException("Unknown conditional " + name);
        };
    }

    private String variable(String variable) {
        return build.currentEnvironment().get(variable);
    }

    private Object value(String key) {
        return argument instanceof Map<?, ?> named ? named.get(key) : argument;
    }

    private String text(String key) {
        Object value = argument instanceof Map<?, ?> named ? named.get(key) : null;
        return value == null ? null : value.toString();
    }

    private boolean environment() {
        String actual = variable(text("name"));
        String wanted = text("value");
        boolean ignoreCase = Boolean.TRUE.equals(value("ignoreCase"));
        return actual != null && (ignoreCase ? actual.equalsIgnoreCase(wanted) : actual.equals(wanted));
    }

    private boolean matches(String actual, String key) {
        if (actual == null || value(key) == null) {
            return false;
        }
        String pattern = value(key).toString();
        String comparator = Objects.requireNonNullElse(text("comparator"), "GLOB");
        return switch (comparator) {
            case "EQUALS" -> actual.equals(pattern);
            case "REGEXP" -> Pattern.matches(pattern, actual);
            default -> AntPattern.of(pattern).matches(actual);
        };
    }

    private boolean isChangeRequest() {
        if (variable("CHANGE_ID") == null) {
            return false;
        }
        if (!(argument instanceof Map<?, ?> wanted)) {
            return true;
        }
        for (Map.Entry<?, ?> each : wanted.entrySet()) {
            if (!each.getKey().equals("comparator")
                    && !matches(
                            variable(variableOf(each.getKey().toString())),
                            each.getKey().toString())) {
                return false;
            }
        }
        return true;
    }

    private static String variableOf(String key) {
        return switch (key) {
            case "authorDisplayName" -> "CHANGE_AUTHOR_DISPLAY_NAME";
            case "authorEmail" -> "CHANGE_AUTHOR_EMAIL";
            default -> "CHANGE_" + key.toUpperCase(Locale.ROOT);
        };
    }

    private boolean isTriggeredBy() {
        String wanted =
                argument instanceof Map<?, ?> named ? String.valueOf(named.get("cause")) : String.valueOf(argument);
        for (Cause cause : build.build().getCauses()) {
            String type = cause.getClass().getName();
            if (type.equals(wanted)
                    || cause.getClass().getSimpleName().equals(wanted)
                    || type.endsWith("." + wanted + "Cause")) {
                return true;
            }
        }
        return false;
    }
}
