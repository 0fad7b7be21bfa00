package jenkins.model;

import hudson.Extension;
import hudson.model.PersistentDescriptor;
import org.jenkinsci.Symbol;

/** Where people reach the controller. */
@Extension
@Symbol("location")
public class JenkinsLocationConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private String jenkinsUrl;

    public static JenkinsLocationConfiguration get() {
        return GlobalConfiguration.all().getInstance(JenkinsLocationConfiguration.class);
    }

    public String getUrl() {
        return jenkinsUrl;
    }

    public void setUrl(String jenkinsUrl) {
        String url = hudson.Util.fixEmptyAndTrim(jenkinsUrl);
        this.jenkinsUrl = hudson.Util.ensureEndsWith(url, "/");
        save();
    }
}
