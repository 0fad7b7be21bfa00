package io.mldelivery.serving.routes;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;

/** Content types of requests. */
final class MediaTypes {

    private static final String JSON = "application/json";

    private MediaTypes() {}

    /** The type without parameters in lower case; a request that does not say sends JSON. */
    static String of(HttpHeaders headers) {
        String text = headers.get(HttpHeaderNames.CONTENT_TYPE);
        if (text == null || text.equals(JSON)) {
            return JSON;
        }
        int parameters = text.indexOf(';');
        return (parameters < 0 ? text : text.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    }
}
