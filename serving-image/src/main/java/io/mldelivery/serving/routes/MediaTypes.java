package io.mldelivery.serving.routes;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
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

    static void requireJson(HttpHeaders headers) {
        String type = of(headers);
        if (!type.equals(JSON)) {
            throw new ServingException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type " + type + " is not read", "Send it with Content-Type: " + JSON + ".");
        }
    }
}
