package io.mldelivery.runner.steps.credentials;

import hudson.Extension;
import hudson.model.Descriptor;
import io.mldelivery.runner.build.CredentialFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code usernamePassword(credentialsId:, usernameVariable:, passwordVariable:)}. */
public final class UsernamePasswordBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    private final String usernameVariable;
    private final String passwordVariable;

    @DataBoundConstructor
    public UsernamePasswordBinding(String usernameVariable, String passwordVariable, String credentialsId) {
        super(credentialsId);
        this.usernameVariable = usernameVariable;
        this.passwordVariable = passwordVariable;
    }

    @Override
    Map<String, String> bind(CredentialFile credentials, Path folder) throws IOException {
        Map<String, String> fields = credentials.find(getCredentialsId(), "username", "password");
        return Map.of(usernameVariable, fields.get("username"), passwordVariable, fields.get("password"));
    }

    @Override
    Set<String> shown() {
        return Set.of(usernameVariable);
    }

    @Override
    Iterable<String> secretsOf(Map<String, String> variables) {
        return List.of(variables.get(passwordVariable));
    }

    /** Names the binding. */
    @Extension
    @Symbol("usernamePassword")
    public static final class DescriptorImpl extends Descriptor<CredentialBinding> {}
}
