package io.jenkins.plugins.mldelivery.retraining;

import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Job;
import hudson.model.User;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.mldelivery.retraining.budget.RetrainingBudget;
import io.mldelivery.retraining.webhook.SignatureScheme;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Which events start which job, as whom, and how often. */
public final class RetrainingTrigger extends AbstractDescribableImpl<RetrainingTrigger> {
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";
    private static final String DRIFT = "drift";
    private static final List<String> SENDERS = List.of("github", "mlflow", DRIFT);

    private final String name;
    private final String sender;
    private final String credentialsId;
    private final String job;
    private final String runAs;
    private String subject;
    private int coolDownMinutes = DescriptorImpl.COOL_DOWN_MINUTES;
    private int maxPerDay = DescriptorImpl.MAX_PER_DAY;
    private int maxInVain;

    @DataBoundConstructor
    public RetrainingTrigger(String name, String sender, String credentialsId, String job, String runAs) {
        if (name == null || !name.matches(NAME)) {
            throw new IllegalArgumentException("trigger name '" + name + "': " + Messages.RetrainingTrigger_Name());
        }
        this.name = name;
        this.sender = senderOf(sender);
        this.maxInVain = isForDrift() ? DescriptorImpl.MAX_WITHOUT_EFFECT : DescriptorImpl.MAX_IN_VAIN;
        this.credentialsId = Util.fixNull(credentialsId);
        this.job = Util.fixNull(job);
        this.runAs = Util.fixNull(runAs);
    }

    private static String senderOf(String sender) {
        for (String known : SENDERS) {
            if (known.equalsIgnoreCase(sender)) {
                return known;
            }
        }
        throw new IllegalArgumentException("sender '" + sender + "': use github, mlflow or drift");
    }

    /** The last part of the address that events are sent to. */
    public String getName() {
        return name;
    }

    /** {@code github}, {@code mlflow}, or {@code drift} for requests of drift checks. */
    public String getSender() {
        return sender;
    }

    /** Whether drift checks may ask, and nobody from outside. */
    boolean isForDrift() {
        return sender.equals(DRIFT);
    }

    /** How events are signed; only for triggers that are not {@link #isForDrift for drift checks}. */
    SignatureScheme scheme() {
        return SignatureScheme.valueOf(sender.toUpperCase(Locale.ROOT));
    }

    /** The id of the secret text that the sender signs with. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** The full name of the job to start. */
    public String getJob() {
        return job;
    }

    /** The id of the user who starts it; needs the permission to build it. */
    public String getRunAs() {
        return runAs;
    }

    /** The branch, the alias or the model that counts; null for every one. */
    @CheckForNull
    public String getSubject() {
        return subject;
    }

    @DataBoundSetter
    public void setSubject(String subject) {
        this.subject = Util.fixEmptyAndTrim(subject);
    }

    public int getCoolDownMinutes() {
        return coolDownMinutes;
    }

    @DataBoundSetter
    public void setCoolDownMinutes(int coolDownMinutes) {
        this.coolDownMinutes = Math.max(0, coolDownMinutes);
    }

    public int getMaxPerDay() {
        return maxPerDay;
    }

    @DataBoundSetter
    public void setMaxPerDay(int maxPerDay) {
        this.maxPerDay = Math.max(1, maxPerDay);
    }

    public int getMaxInVain() {
        return maxInVain;
    }

    @DataBoundSetter
    public void setMaxInVain(int maxInVain) {
        this.maxInVain = Math.max(1, maxInVain);
    }

    RetrainingBudget budget() {
        return new RetrainingBudget(Duration.ofMinutes(coolDownMinutes), maxPerDay, maxInVain);
    }

    /** The form's texts, choices and checks. */
    @Extension
    @Symbol("retrainingTrigger")
    public static final class DescriptorImpl extends Descriptor<RetrainingTrigger> {
        public static final int COOL_DOWN_MINUTES = 60;
        public static final int MAX_PER_DAY = 4;
        public static final int MAX_IN_VAIN = 3;
        public static final int MAX_WITHOUT_EFFECT = 2;

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RetrainingTrigger_DisplayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixNull(value).matches(NAME)
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.RetrainingTrigger_Name());
        }

        @POST
        public FormValidation doCheckJob(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Jenkins.get().getItemByFullName(Util.fixNull(value), Job.class) != null
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.RetrainingTrigger_NoJob(value));
        }

        @POST
        public FormValidation doCheckRunAs(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            if (Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.error(Messages.RetrainingTrigger_Required());
            }
            return User.getById(value, false) != null
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.RetrainingTrigger_NoUser(value));
        }

        @POST
        public ListBoxModel doFillSenderItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option("GitHub", "github"),
                    new ListBoxModel.Option("MLflow", "mlflow"),
                    new ListBoxModel.Option("driftCheck", DRIFT));
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            var choices = new StandardListBoxModel();
            if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                choices.includeEmptyValue().includeAs(ACL.SYSTEM2, Jenkins.get(), StringCredentials.class, List.of());
            }
            return choices.includeCurrentValue(credentialsId);
        }
    }
}
