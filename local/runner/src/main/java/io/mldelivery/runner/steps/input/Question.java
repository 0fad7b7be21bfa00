package io.mldelivery.runner.steps.input;

import hudson.AbortException;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.SimpleParameterDefinition;
import io.mldelivery.runner.binding.Nearest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an input asks, and what an answer in text means. */
final class Question implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String message;
    private final String ok;
    private final String submitter;
    private final String submitterParameter;
    private final ArrayList<ParameterDefinition> parameters;

    Question(
            String id,
            String message,
            String ok,
            String submitter,
            String submitterParameter,
            List<ParameterDefinition> parameters) {
        this.id = id;
        this.message = message;
        this.ok = ok;
        this.submitter = submitter;
        this.submitterParameter = submitterParameter;
        this.parameters = new ArrayList<>(parameters);
    }

    String id() {
        return id;
    }

    /** What the log says: the message and the buttons, or that there is a form. */
    List<String> lines() {
        String who = submitter == null || submitter.isEmpty() ? "" : " (on a controller: " + submitter + ")";
        return parameters.isEmpty() ? List.of(message, ok + " or Abort" + who) : List.of("Input requested" + who);
    }

    /** What the terminal asks. */
    String prompt() {
        List<String> names = new ArrayList<>();
        parameters.forEach(parameter -> names.add(parameter.getName()));
        return message + " [" + (names.isEmpty() ? ok : String.join("=…, ", names) + "=…") + " or abort] ";
    }

    boolean isAbort(String answer) {
        return answer.strip().equalsIgnoreCase("abort");
    }

    /** Null, the one value, or a map of several. */
    Object value(String answer, String user) throws AbortException {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, String> given = given(answer);
        for (ParameterDefinition parameter : parameters) {
            values.put(parameter.getName(), value(parameter, given.remove(parameter.getName())));
        }
        if (!given.isEmpty()) {
            throw new AbortException("Unknown input parameter " + String.join(", ", given.keySet())
                    + Nearest.hint(given.keySet(), values.keySet()));
        }
        if (submitterParameter != null) {
            values.put(submitterParameter, user);
        }
        if (values.size() > 1) {
            return values;
        }
        return values.isEmpty() ? null : values.values().iterator().next();
    }

    private Map<String, String> given(String answer) throws AbortException {
        Map<String, String> given = new LinkedHashMap<>();
        String text = answer.strip();
        if (text.isEmpty()
                || text.equalsIgnoreCase("proceed")
                || text.equalsIgnoreCase(ok)
                || text.equalsIgnoreCase("yes")
                || text.equalsIgnoreCase("y")) {
            return given;
        }
        for (String pair : text.split(",")) {
            int split = pair.indexOf('=');
            if (split < 1) {
                throw new AbortException(
                        "Not an answer to input ‘" + id + "’: " + text + ". Answer proceed, abort or NAME=value,…");
            }
            given.put(pair.substring(0, split).strip(), pair.substring(split + 1));
        }
        return given;
    }

    private static Object value(ParameterDefinition parameter, String text) throws AbortException {
        if (text == null) {
            ParameterValue value = parameter.getDefaultParameterValue();
            return value == null ? null : value.getValue();
        }
        if (parameter instanceof ChoiceParameterDefinition choice
                && !choice.getChoices().contains(text)) {
            throw new AbortException("Illegal choice for parameter " + choice.getName() + ": " + text
                    + Nearest.hint(List.of(text), choice.getChoices()));
        }
        if (parameter instanceof SimpleParameterDefinition simple) {
            return simple.createValue(text).getValue();
        }
        throw new AbortException("Parameter " + parameter.getName() + " cannot be given as text");
    }
}
