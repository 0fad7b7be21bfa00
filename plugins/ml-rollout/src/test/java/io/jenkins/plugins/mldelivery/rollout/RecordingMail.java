package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import hudson.Extension;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Takes the place of the Pipeline step {@code mail}, while a test wants one. */
final class RecordingMail extends Step {
    static final List<Map<String, Object>> SENT = new CopyOnWriteArrayList<>();
    private static boolean installed;

    private final Map<String, Object> arguments;

    private RecordingMail(Map<String, Object> arguments) {
        this.arguments = arguments;
    }

    static void install(boolean isInstalled) {
        installed = isInstalled;
        SENT.clear();
    }

    @Override
    public StepExecution start(StepContext context) {
        return new StepExecution(context) {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean start() {
                if (arguments.get("to").toString().startsWith("unknown")) {
                    getContext().onFailure(new AbortException("no such mailbox"));
                } else {
                    SENT.add(arguments);
                    getContext().onSuccess(null);
                }
                return true;
            }
        };
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of();
        }

        @Override
        public String getFunctionName() {
            return installed ? "mail" : "recordingMail";
        }

        @Override
        public Step newInstance(Map<String, Object> arguments) {
            return new RecordingMail(arguments);
        }
    }
}
