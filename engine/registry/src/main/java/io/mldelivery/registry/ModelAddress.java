package io.mldelivery.registry;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code models:/<name>/<version>} or {@code models:/<name>@<alias>} says: exactly one of version and alias. */
public record ModelAddress(String name, Optional<String> version, Optional<String> alias) {
    private static final Pattern FORM = Pattern.compile("models:/([^/:]+?)(?:/(\\d+)|@([A-Za-z0-9_-]+))");

    /** Reads an address, or fails with what is expected. */
    public static ModelAddress parse(String uri) {
        Matcher form = FORM.matcher(uri);
        if (!form.matches()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "'" + uri + "' does not name a model version",
                    "Write models:/NAME/VERSION, such as models:/late-flights/3, or models:/NAME@ALIAS.");
        }
        return new ModelAddress(form.group(1), Optional.ofNullable(form.group(2)), Optional.ofNullable(form.group(3)));
    }
}
