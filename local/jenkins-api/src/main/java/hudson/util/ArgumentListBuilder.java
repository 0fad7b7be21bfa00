package hudson.util;

import hudson.Util;
import java.io.File;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Builds a command line, remembering which arguments are secret. */
public class ArgumentListBuilder implements Serializable, Cloneable {
    private static final long serialVersionUID = 1L;
    private List<String> args = new ArrayList<>();
    private BitSet mask = new BitSet();

    public ArgumentListBuilder() {}

    public ArgumentListBuilder(String... args) {
        add(args);
    }

    public ArgumentListBuilder add(Object a) {
        return add(a.toString());
    }

    public ArgumentListBuilder add(File f) {
        return add(f.getAbsolutePath());
    }

    public ArgumentListBuilder add(String a) {
        return add(a, false);
    }

    public ArgumentListBuilder add(String a, boolean mask) {
        if (a != null) {
            this.mask.set(args.size(), mask);
            args.add(a);
        }
        return this;
    }

    public ArgumentListBuilder add(String... args) {
        for (String argument : args) {
            add(argument);
        }
        return this;
    }

    public ArgumentListBuilder add(Iterable<String> args) {
        args.forEach(this::add);
        return this;
    }

    public ArgumentListBuilder prepend(String... before) {
        BitSet moved = new BitSet();
        mask.stream().forEach(i -> moved.set(i + before.length));
        mask = moved;
        args.addAll(0, List.of(before));
        return this;
    }

    public ArgumentListBuilder addQuoted(String a) {
        return add('"' + a + '"');
    }

    public ArgumentListBuilder addTokenized(String s) {
        return s == null ? this : add(Util.tokenize(s));
    }

    public ArgumentListBuilder addKeyValuePair(String prefix, String key, String value, boolean mask) {
        return key == null ? this : add((prefix == null ? "-D" : prefix) + key + '=' + value, mask);
    }

    public ArgumentListBuilder addKeyValuePairs(String prefix, Map<String, String> props) {
        props.forEach((key, value) -> addKeyValuePair(prefix, key, value, false));
        return this;
    }

    public void addMasked(String string) {
        add(string, true);
    }

    public ArgumentListBuilder addMasked(Secret s) {
        return add(Secret.toString(s), true);
    }

    public String[] toCommandArray() {
        return args.toArray(new String[0]);
    }

    @Override
    public ArgumentListBuilder clone() {
        ArgumentListBuilder copy = new ArgumentListBuilder();
        copy.args.addAll(args);
        copy.mask = (BitSet) mask.clone();
        return copy;
    }

    public void clear() {
        args.clear();
        mask.clear();
    }

    public List<String> toList() {
        return args;
    }

    public boolean hasMaskedArguments() {
        return !mask.isEmpty();
    }

    public boolean[] toMaskArray() {
        boolean[] masks = new boolean[args.size()];
        mask.stream().forEach(i -> masks[i] = true);
        return masks;
    }

    public String toStringWithQuote() {
        StringBuilder line = new StringBuilder();
        for (String argument : args) {
            boolean quote = argument.isEmpty() || argument.indexOf(' ') >= 0;
            line.append(line.isEmpty() ? "" : " ").append(quote ? '"' + argument + '"' : argument);
        }
        return line.toString();
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < args.size(); i++) {
            line.append(i == 0 ? "" : " ").append(mask.get(i) ? "******" : args.get(i));
        }
        return line.toString();
    }
}
