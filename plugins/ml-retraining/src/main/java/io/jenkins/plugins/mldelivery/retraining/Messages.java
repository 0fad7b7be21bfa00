package io.jenkins.plugins.mldelivery.retraining;

import org.jvnet.localizer.ResourceBundleHolder;

/** The plugin's texts in the reader's language. */
public final class Messages {
    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    public static String RetrainingConfiguration_DisplayName() {
        return TEXTS.format("RetrainingConfiguration.DisplayName");
    }

    public static String RetrainingTrigger_DisplayName() {
        return TEXTS.format("RetrainingTrigger.DisplayName");
    }

    public static String RetrainingTrigger_Name() {
        return TEXTS.format("RetrainingTrigger.Name");
    }

    public static String RetrainingTrigger_NoJob(String job) {
        return TEXTS.format("RetrainingTrigger.NoJob", job);
    }

    public static String RetrainingTrigger_NoUser(String user) {
        return TEXTS.format("RetrainingTrigger.NoUser", user);
    }

    public static String RetrainingTrigger_Required() {
        return TEXTS.format("RetrainingTrigger.Required");
    }

    public static String RetrainingCause_ShortDescription(String trigger, String event) {
        return TEXTS.format("RetrainingCause.ShortDescription", trigger, event);
    }
}
