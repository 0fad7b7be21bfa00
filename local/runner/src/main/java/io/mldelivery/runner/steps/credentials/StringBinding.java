package io.mldelivery.runner.steps.credentials;

import hudson.Extension;
import hudson.model.Descriptor;
import io.mldelivery.runner.build.CredentialFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code string(credentialsId:, variable:)}: a secret text. */
public final class StringBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    private final String variable;

    @DataBoundConstructor
    public StringBinding(String credentialsId, String variable) {
        super(credentialsId);
        this.variable = variable;
    }

    @Override
    Map<String, String> bind(CredentialFile credentials, Path folder) throws IOException {
        return Map.of(variable, credentials.find(getCredentialsId(), "secret").get("secret"));
    }

    @Override
    Iterable<String> secretsOf(Map<String, String> variables) {
        return variables.values();
    }

    /** Names the binding. */
    @Extension
    @Symbol("string")
    public static final class DescriptorImpl extends Descriptor<CredentialBinding> {}
}
