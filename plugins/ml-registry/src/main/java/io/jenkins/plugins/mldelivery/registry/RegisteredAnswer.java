package io.jenkins.plugins.mldelivery.registry;

import java.io.Serializable;

/** What the agent registered: JDK classes only, as Remoting's filter wants. */
final class RegisteredAnswer implements Serializable {
    private static final long serialVersionUID = 1L;

    final String version;
    final String runId;
    final String digest;
    final boolean created;

    /** The version the alias pointed to before; empty when to none. */
    final String previous;

    RegisteredAnswer(String version, String runId, String digest, boolean created, String previous) {
        this.version = version;
        this.runId = runId;
        this.digest = digest;
        this.created = created;
        this.previous = previous;
    }
}
