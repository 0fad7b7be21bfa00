package io.jenkins.plugins.mldelivery.retraining;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PersistentDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The events that start retrainings. As code:
 *
 * <pre>
 * unclassified:
 *   mlRetraining:
 *     triggers:
 *     - name: "flights-push"
 *       sender: "github"
 *       credentialsId: "github-webhook-secret"
 *       job: "flights"
 *       runAs: "retraining"
 *       subject: "main"
 * </pre>
 */
@Extension
@Symbol("mlRetraining")
public final class RetrainingConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private List<RetrainingTrigger> triggers = new ArrayList<>();

    /** The controller's settings. */
    public static RetrainingConfiguration get() {
        return ExtensionList.lookupSingleton(RetrainingConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.RetrainingConfiguration_DisplayName();
    }

    public List<RetrainingTrigger> getTriggers() {
        return new ArrayList<>(triggers);
    }

    @DataBoundSetter
    public void setTriggers(List<RetrainingTrigger> triggers) {
        this.triggers = new ArrayList<>(triggers);
        save();
    }

    /** Reads the form, which says nothing about triggers when the last one was deleted. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        if (!form.has("triggers")) {
            setTriggers(List.of());
        }
        return super.configure(request, form);
    }

    /** The trigger of this name. */
    Optional<RetrainingTrigger> find(String name) {
        return triggers.stream()
                .filter(trigger -> trigger.getName().equals(name))
                .findFirst();
    }
}
