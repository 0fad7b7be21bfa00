package io.jenkins.plugins.mldelivery.rollout;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/**
 * Mails what happened to those whom a plan names, by the Pipeline step {@code mail}, which sends through Jenkins' mailer. Where
 * Jenkins has none, the log says so; a mail that fails holds nothing up.
 */
final class MailNotice {
    private static final Logger LOGGER = Logger.getLogger(MailNotice.class.getName());
    private static final String STEP = "mail";

    private final StepContext context;

    MailNotice(StepContext context) {
        this.context = context;
    }

    void send(RolloutNews.Event event, String target) {
        for (String addresses : event.mailTo) {
            try {
                send(addresses, target + ": " + event.text);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) { // the step is somebody else's and may throw anything
                say("the mail to " + addresses + " was not sent: " + e.getMessage());
            }
        }
    }

    private void send(String addresses, String line) throws Exception {
        StepDescriptor mail = StepDescriptor.byFunctionName(STEP);
        if (mail == null) {
            say("no mail to " + addresses + ": this Jenkins has no step " + STEP
                    + "; install the plugins mailer and workflow-basic-steps");
            return;
        }
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("to", addresses);
        arguments.put("subject", "[rollout] " + line);
        arguments.put("body", line + System.lineSeparator() + context.get(Run.class));
        mail.newInstance(arguments).start(new Aside(context, addresses)).start();
    }

    private void say(String line) {
        try {
            context.get(TaskListener.class).getLogger().println("[rollout] " + line);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to a build's log: " + line, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The surroundings of our own step, whose end the other step does not decide. Never stored: whoever restarts Jenkins while a
     * mail is being sent gets it once or not at all.
     */
    private static final class Aside extends StepContext {
        private static final long serialVersionUID = 1L;

        private final transient StepContext around;
        private final String addresses;

        Aside(StepContext around, String addresses) {
            this.around = around;
            this.addresses = addresses;
        }

        @Override
        public <T> T get(Class<T> key) throws IOException, InterruptedException {
            return around.get(key);
        }

        @Override
        public void onSuccess(Object result) {
            LOGGER.log(Level.FINE, "mailed to {0}", addresses);
        }

        @Override
        public void onFailure(Throwable problem) {
            new MailNotice(around).say("the mail to " + addresses + " was not sent: " + problem.getMessage());
        }

        @Override
        public boolean isReady() {
            return around.isReady();
        }

        @Override
        public ListenableFuture<Void> saveState() {
            return around.saveState();
        }

        @Override
        public void setResult(Result result) {
            // a mail does not change the build
        }

        @Override
        public BodyInvoker newBodyInvoker() {
            throw new IllegalStateException("the step mail has no body");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Aside aside && aside.around.equals(around) && aside.addresses.equals(addresses);
        }

        @Override
        public int hashCode() {
            return around.hashCode();
        }
    }
}
