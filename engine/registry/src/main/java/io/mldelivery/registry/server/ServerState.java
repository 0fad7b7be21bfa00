package io.mldelivery.registry.server;

import io.mldelivery.process.ProcessIdentity;
import java.net.URI;

/** Which process serves a home, and where. */
record ServerState(ProcessIdentity guard, int port) {
    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }
}
