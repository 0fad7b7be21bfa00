package hudson.model;

import hudson.Extension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.export.Exported;

/** One of some words; the first is the default. */
public class ChoiceParameterDefinition extends SimpleParameterDefinition {
    private static final long serialVersionUID = 1L;
    public static final String CHOICES_DELIMITER = "\\r?\\n";
    private List<String> choices = new ArrayList<>();

    @DataBoundConstructor
    public ChoiceParameterDefinition(String name, String description) {
        super(name);
        setDescription(description);
    }

    public ChoiceParameterDefinition(String name, String choices, String description) {
        this(name, choices.split(CHOICES_DELIMITER), description);
    }

    public ChoiceParameterDefinition(String name, String[] choices, String description) {
        this(name, description);
        this.choices = new ArrayList<>(Arrays.asList(choices));
    }

    @Exported
    public List<String> getChoices() {
        return choices;
    }

    public String getChoicesText() {
        return String.join("\n", choices);
    }

    /** Takes a list, or text with one choice a line. */
    @DataBoundSetter
    public void setChoices(Object choices) {
        if (choices instanceof String text) {
            this.choices = new ArrayList<>(Arrays.asList(text.split(CHOICES_DELIMITER)));
        } else if (choices instanceof Iterable<?> list) {
            List<String> words = new ArrayList<>();
            list.forEach(word -> words.add(String.valueOf(word)));
            this.choices = words;
        } else {
            throw new IllegalArgumentException("expected String or List, but got " + choices);
        }
    }

    @Override
    public StringParameterValue getDefaultParameterValue() {
        return choices.isEmpty() ? null : new StringParameterValue(getName(), choices.get(0), getDescription());
    }

    @Override
    public boolean isValid(ParameterValue value) {
        return value instanceof StringParameterValue text && choices.contains(text.getValue());
    }

    @Override
    public StringParameterValue createValue(String value) {
        StringParameterValue made = new StringParameterValue(getName(), value, getDescription());
        if (!isValid(made)) {
            throw new IllegalArgumentException(
                    "Illegal choice for parameter " + getName() + ": " + value + " (choices: " + choices + ")");
        }
        return made;
    }

    /** Registers this kind of parameter. */
    @Extension
    @Symbol({"choice", "choiceParam"})
    public static class DescriptorImpl extends ParameterDescriptor {
        @Override
        public String getDisplayName() {
            return "Choice Parameter";
        }
    }
}
