package io.mldelivery.runner.steps.credentials;

import hudson.model.AbstractDescribableImpl;
import io.mldelivery.runner.build.CredentialFile;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Which variables hold which fields of a credential. */
public abstract class CredentialBinding extends AbstractDescribableImpl<CredentialBinding> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String credentialsId;

    protected CredentialBinding(String credentialsId) {
        if (credentialsId == null || credentialsId.isBlank()) {
            throw new IllegalArgumentException("credentialsId is missing");
        }
        this.credentialsId = credentialsId;
    }

    /** The id of the credential. */
    public final String getCredentialsId() {
        return credentialsId;
    }

    /** Variables by name. Files are put below the folder, which only its owner may read. */
    abstract Map<String, String> bind(CredentialFile credentials, Path folder) throws IOException;

    /** Names of the variables that the log may show. */
    Set<String> shown() {
        return Set.of();
    }

    /** Values of the variables that the log must not show. */
    abstract Iterable<String> secretsOf(Map<String, String> variables);
}
