package hudson.model.labels;

import hudson.model.Label;
import hudson.util.VariableResolver;

/** A single word. */
public class LabelAtom extends Label {
    public LabelAtom(String name) {
        super(name);
    }

    @Override
    public String getExpression() {
        return name;
    }

    @Override
    public boolean isAtom() {
        return true;
    }

    @Override
    public boolean matches(VariableResolver<Boolean> resolver) {
        return resolver.resolve(name);
    }
}
