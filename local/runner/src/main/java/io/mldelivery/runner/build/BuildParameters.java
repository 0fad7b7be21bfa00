package io.mldelivery.runner.build;

import hudson.AbortException;
import hudson.model.BooleanParameterDefinition;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.PasswordParameterDefinition;
import hudson.model.SimpleParameterDefinition;
import hudson.model.StringParameterValue;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.runner.binding.Nearest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a build: what was given on the command line, then what the Jenkinsfile declares. */
public final class BuildParameters {
    private final LocalRun build;
    private final Map<String, String> given;
    private final SecretMask mask;

    public BuildParameters(LocalRun build, Map<String, String> given, SecretMask mask) {
        this.build = build;
        this.given = new LinkedHashMap<>(given);
        this.mask = mask;
    }

    /** Before anything is declared, given values are strings. */
    public void start() {
        List<ParameterValue> values = new ArrayList<>();
        given.forEach((name, value) -> values.add(new StringParameterValue(name, value)));
        if (!values.isEmpty()) {
            build.addOrReplaceAction(new ParametersAction(values));
        }
    }

    /**
     * Applies what the Jenkinsfile declares: types, choices and defaults.
     *
     * @throws AbortException for a given parameter that is not declared, or a value that is not one of the choices
     */
    public void declare(List<ParameterDefinition> definitions) throws IOException {
        Map<String, ParameterDefinition> declared = new LinkedHashMap<>();
        definitions.forEach(definition -> declared.put(definition.getName(), definition));
        for (String name : given.keySet()) {
            if (!declared.containsKey(name)) {
                throw new AbortException("Unknown parameter " + name + Nearest.hint(List.of(name), declared.keySet()));
            }
        }
        List<ParameterValue> values = new ArrayList<>();
        for (ParameterDefinition definition : definitions) {
            ParameterValue value = value(definition);
            if (value != null) {
                values.add(value);
            }
        }
        build.addOrReplaceAction(new ParametersAction(values));
        build.save();
    }

    private ParameterValue value(ParameterDefinition definition) throws AbortException {
        String text = given.get(definition.getName());
        if (text == null) {
            return definition.getDefaultParameterValue();
        }
        if (definition instanceof ChoiceParameterDefinition choice
                && !choice.getChoices().contains(text)) {
            throw new AbortException("Illegal choice for parameter " + choice.getName() + ": " + text
                    + Nearest.hint(List.of(text), choice.getChoices()));
        }
        if (definition instanceof BooleanParameterDefinition && !text.equals("true") && !text.equals("false")) {
            throw new AbortException("Parameter " + definition.getName() + " is true or false, not: " + text);
        }
        if (definition instanceof PasswordParameterDefinition) {
            mask.add(List.of(text));
        }
        if (definition instanceof SimpleParameterDefinition simple) {
            return simple.createValue(text);
        }
        throw new AbortException("Parameter " + definition.getName() + " cannot be given as text");
    }

    /** Values by name, for {@code params}. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (ParameterValue value : build.getParameterValues()) {
            values.put(value.getName(), value.getValue());
        }
        return values;
    }
}
