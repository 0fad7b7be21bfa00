package io.mldelivery.serving.model;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.util.regex.Pattern;

/** Name and version of a served model, both plain enough for a URL path and a metric label. */
public record ModelKey(String name, String version) implements Comparable<ModelKey> {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public ModelKey {
        check("model name", name);
        check("version", version);
    }

    private static void check(String what, String value) {
        if (!PLAIN.matcher(value).matches()) {
            throw new ServingException(
                    ErrorCode.BAD_OPTION,
                    "'" + value + "' is no " + what,
                    "Use letters, digits, dot, dash and underscore, starting with a letter or digit.");
        }
    }

    @Override
    public int compareTo(ModelKey other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : version.compareTo(other.version);
    }

    @Override
    public String toString() {
        return name + " version " + version;
    }
}
