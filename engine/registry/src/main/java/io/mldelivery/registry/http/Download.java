package io.mldelivery.registry.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file on its way from the server; close it.
 *
 * @param content empty when the reply is a refusal
 */
public record Download(Reply reply, InputStream content) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        content.close();
    }
}
