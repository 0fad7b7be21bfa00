package io.mldelivery.serving.routes;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The bearer token that whoever changes the server's state must show. Without a token nothing can be changed. */
public final class Token {

    private static final String SCHEME = "Bearer ";

    private final Optional<byte[]> secret;

    /** The secret text; absent or blank: nobody has it. */
    public Token(Optional<String> secret) {
        this.secret = secret.map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Fails with UNAUTHORIZED unless the request shows the token. */
    void require(HttpHeaders headers) {
        byte[] expected = secret.orElseThrow(() -> new ServingException(
                ErrorCode.UNAUTHORIZED,
                "This server was started without a token, so nothing can be changed",
                "Start it with --token-file FILE or MLDELIVERY_SERVING_TOKEN."));
        String shown = headers.get(HttpHeaderNames.AUTHORIZATION, "");
        boolean equal = shown.startsWith(SCHEME)
                && MessageDigest.isEqual(
                        expected, shown.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
        if (!equal) {
            throw new ServingException(
                    ErrorCode.UNAUTHORIZED, "The token is missing or wrong", "Send Authorization: Bearer TOKEN.");
        }
    }
}
