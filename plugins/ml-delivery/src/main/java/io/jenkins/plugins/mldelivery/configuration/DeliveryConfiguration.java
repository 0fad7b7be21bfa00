package io.jenkins.plugins.mldelivery.configuration;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.PersistentDescriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mldelivery.Messages;
import java.net.URI;
import java.net.URISyntaxException;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Where models are tracked and registered, for builds that do not say so themselves. As code:
 *
 * <pre>
 * unclassified:
 *   mlDelivery:
 *     trackingUri: "https://mlflow.example.org"
 *     credentialsId: "mlflow"
 * </pre>
 */
@Extension
@Symbol("mlDelivery")
public final class DeliveryConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private String trackingUri;
    private String credentialsId;

    /** The controller's settings. */
    public static DeliveryConfiguration get() {
        return ExtensionList.lookupSingleton(DeliveryConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.DeliveryConfiguration_DisplayName();
    }

    /** The MLflow server's address; null when there is no common one. */
    @CheckForNull
    public String getTrackingUri() {
        return trackingUri;
    }

    @DataBoundSetter
    public void setTrackingUri(String trackingUri) {
        this.trackingUri = Util.fixEmptyAndTrim(trackingUri);
        save();
    }

    /** The id of a user name with password, or of a secret text that is a token; null when the server asks for none. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        save();
    }

    /** Checks the address in the form. */
    @POST
    public FormValidation doCheckTrackingUri(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String address = Util.fixEmptyAndTrim(value);
        if (address == null) {
            return FormValidation.ok();
        }
        return check(address);
    }

    private static FormValidation check(String address) {
        try {
            URI uri = new URI(address);
            if (uri.getUserInfo() != null) {
                return FormValidation.error(Messages.DeliveryConfiguration_SecretInAddress());
            }
            if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return FormValidation.error(Messages.DeliveryConfiguration_NoServerAddress());
            }
            return "http".equals(uri.getScheme())
                    ? FormValidation.warning(Messages.DeliveryConfiguration_Plain())
                    : FormValidation.ok();
        } catch (URISyntaxException e) {
            return FormValidation.error(Messages.DeliveryConfiguration_NoServerAddress());
        }
    }

    /** The credentials to choose from in the form; only the present one for those who may not configure. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @QueryParameter String trackingUri, @QueryParameter String credentialsId) {
        var choices = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return choices.includeCurrentValue(credentialsId);
        }
        return choices.includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2,
                        Jenkins.get(),
                        StandardCredentials.class,
                        URIRequirementBuilder.fromUri(trackingUri).build(),
                        CredentialsMatchers.anyOf(
                                CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class),
                                CredentialsMatchers.instanceOf(StringCredentials.class)))
                .includeCurrentValue(credentialsId);
    }
}
