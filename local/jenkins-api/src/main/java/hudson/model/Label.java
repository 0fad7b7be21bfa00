package hudson.model;

import hudson.model.labels.LabelAtom;
import hudson.util.VariableResolver;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Chooses nodes. */
public abstract class Label extends Actionable implements Comparable<Label> {
    protected final transient String name;

    protected Label(String name) {
        this.name = name;
    }

    public final String getName() {
        return getExpression();
    }

    @Override
    public String getDisplayName() {
        return name;
    }

    public abstract String getExpression();

    public boolean isAtom() {
        return false;
    }

    public abstract boolean matches(VariableResolver<Boolean> resolver);

    public final boolean matches(Collection<LabelAtom> labels) {
        return matches(
                wanted -> labels.stream().anyMatch(label -> label.getName().equals(wanted)));
    }

    public final boolean matches(Node n) {
        return matches(n.getAssignedLabels());
    }

    /** The words of a list that blanks separate. */
    public static Set<LabelAtom> parse(String labels) {
        Set<LabelAtom> atoms = new TreeSet<>();
        if (labels != null) {
            Arrays.stream(labels.trim().split("\\s+"))
                    .filter(word -> !word.isEmpty())
                    .forEach(word -> atoms.add(new LabelAtom(word)));
        }
        return atoms;
    }

    @Override
    public String getSearchUrl() {
        return "label/" + name + "/";
    }

    @Override
    public final int compareTo(Label that) {
        return getName().compareTo(that.getName());
    }

    @Override
    public final boolean equals(Object that) {
        return that instanceof Label label && getExpression().equals(label.getExpression());
    }

    @Override
    public final int hashCode() {
        return Objects.hashCode(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
