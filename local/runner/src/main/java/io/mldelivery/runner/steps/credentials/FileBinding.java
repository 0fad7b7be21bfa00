package io.mldelivery.runner.steps.credentials;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Descriptor;
import io.mldelivery.runner.build.CredentialFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code file(credentialsId:, variable:)}: the path of a copy that exists while the block runs. */
public final class FileBinding extends CredentialBinding {
    private static final long serialVersionUID = 1L;

    private final String variable;

    @DataBoundConstructor
    public FileBinding(String credentialsId, String variable) {
        super(credentialsId);
        this.variable = variable;
    }

    @Override
    Map<String, String> bind(CredentialFile credentials, Path folder) throws IOException {
        Path source = Path.of(credentials.find(getCredentialsId(), "file").get("file"));
        if (!Files.isRegularFile(source)) {
            throw new AbortException("Credentials ‘" + getCredentialsId() + "’: there is no file " + source);
        }
        Path copy = folder.resolve(source.getFileName());
        Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
        return Map.of(variable, copy.toString());
    }

    @Override
    Iterable<String> secretsOf(Map<String, String> variables) {
        return variables.values();
    }

    /** Names the binding. */
    @Extension
    @Symbol("file")
    public static final class DescriptorImpl extends Descriptor<CredentialBinding> {}
}
