package io.mldelivery.runner.steps.credentials;

import hudson.model.Run;
import io.mldelivery.runner.build.CredentialFile;
import io.mldelivery.runner.build.SecretMask;
import io.mldelivery.runner.machine.StepCall;
import io.mldelivery.runner.steps.BlockExecution;
import io.mldelivery.runner.steps.files.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The saved state holds no secret: variables are looked up anew when a build resumes. */
final class WithCredentialsExecution extends BlockExecution {
    private static final long serialVersionUID = 1L;

    private final ArrayList<CredentialBinding> bindings;
    private final SecretVariables variables = new SecretVariables();
    private String folder;

    WithCredentialsExecution(StepContext context, List<CredentialBinding> bindings) {
        super(context);
        this.bindings = new ArrayList<>(bindings);
    }

    @Override
    protected void prepare(BodyInvoker body) throws Exception {
        Path build = getContext().get(Run.class).getRootDir().toPath();
        folder = build.resolve("secretFiles")
                .resolve("s" + ((StepCall) getContext()).id())
                .toString();
        Map<String, String> bound = bindAll();
        Set<String> names = new TreeSet<>(bound.keySet());
        bindings.forEach(binding -> names.removeAll(binding.shown()));
        log(getContext()).println("Masking supported pattern matches of $" + String.join(" or $", names));
        EnvironmentExpander outer = getContext().get(EnvironmentExpander.class);
        body.withContext(EnvironmentExpander.merge(outer, variables));
    }

    private Map<String, String> bindAll() throws IOException, InterruptedException {
        Path files = Files.createDirectories(Path.of(folder));
        if (Files.getFileStore(files).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwx------"));
        }
        CredentialFile credentials = getContext().get(CredentialFile.class);
        SecretMask mask = getContext().get(SecretMask.class);
        Map<String, String> all = new TreeMap<>();
        for (CredentialBinding binding : bindings) {
            Map<String, String> bound = binding.bind(credentials, files);
            List<String> secrets = new ArrayList<>();
            binding.secretsOf(bound).forEach(secrets::add);
            mask.add(secrets);
            all.putAll(bound);
        }
        variables.set(all);
        return all;
    }

    @Override
    public void onResume() {
        try {
            bindAll();
        } catch (IOException | InterruptedException e) {
            getContext().onFailure(e);
        }
    }

    @Override
    protected BodyExecutionCallback callback() {
        return new Ended(this);
    }

    private static final class Ended extends BodyExecutionCallback.TailCall {
        private static final long serialVersionUID = 1L;
        private final WithCredentialsExecution execution;

        Ended(WithCredentialsExecution execution) {
            this.execution = execution;
        }

        @Override
        protected void finished(StepContext context) throws IOException {
            FolderTree.delete(Path.of(execution.folder));
        }
    }
}
