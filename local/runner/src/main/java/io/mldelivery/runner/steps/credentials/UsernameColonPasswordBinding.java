package io.mldelivery.runner.steps.credentials;

import hudson.Extension;
import hudson.model.Descriptor;
import io.mldelivery.runner.build.CredentialFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code usernameColonPassword(credentialsId:, variable:)}. */
public final class UsernameColonPasswordBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    private final String variable;

    @DataBoundConstructor
    public UsernameColonPasswordBinding(String variable, String credentialsId) {
        super(credentialsId);
        this.variable = variable;
    }

    @Override
    Map<String, String> bind(CredentialFile credentials, Path folder) throws IOException {
        Map<String, String> fields = credentials.find(getCredentialsId(), "username", "password");
        return Map.of(variable, fields.get("username") + ":" + fields.get("password"));
    }

    @Override
    Iterable<String> secretsOf(Map<String, String> variables) {
        String both = variables.get(variable);
        List<String> secrets = new ArrayList<>(List.of(both));
        secrets.add(both.substring(both.indexOf(':') + 1));
        return secrets;
    }

    /** Names the binding. */
    @Extension
    @Symbol("usernameColonPassword")
    public static final class DescriptorImpl extends Descriptor<CredentialBinding> {}
}
