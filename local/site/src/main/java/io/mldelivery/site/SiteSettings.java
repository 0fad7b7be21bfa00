package io.mldelivery.site;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;

/**
 * What a site is: where it will be served (http or https, absolute), the id by which administrators list it, who signs it, and when it is
 * written.
 */
public record SiteSettings(URI url, String id, SiteKeys keys, Instant now) {
    public SiteSettings {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.matches("https?") || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
            throw wrong("the address '" + url + "' is not one of a web server", "Give it as https://host/path/.");
        }
        if (url.getUserInfo() != null) {
            throw wrong("the address of the site has a user name in it", "Give it as https://host/path/.");
        }
        if (!PlainText.accepts(url.toString())) {
            throw wrong("the address '" + url + "' is not plain ASCII", "Escape other characters with %.");
        }
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || id.equals("default")) {
            throw wrong(
                    "'" + id + "' cannot be the id of this site",
                    "Use letters, digits, dots and hyphens; 'default' is the id of Jenkins' own site.");
        }
    }

    private static DeliveryException wrong(String what, String advice) {
        return new DeliveryException(Code.CONFIG, what, advice);
    }

    /** The address of a file of the site. */
    String at(String path) {
        String base = url.toString();
        return (base.endsWith("/") ? base : base + "/") + path;
    }
}
