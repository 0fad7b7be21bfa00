package io.mldelivery.local.hooks;

import java.util.Locale;
import org.jvnet.localizer.Localizable;

/** Runner-only: a text that is the same in every language. */
public final class PlainText extends Localizable {
    private static final long serialVersionUID = 1L;
    private final String text;

    public PlainText(String text) {
        super(null, text);
        this.text = text;
    }

    @Override
    public String toString(Locale locale) {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
