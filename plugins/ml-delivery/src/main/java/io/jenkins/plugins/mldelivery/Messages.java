package io.jenkins.plugins.mldelivery;

import org.jvnet.localizer.ResourceBundleHolder;

/** The plugin's texts in the reader's language. */
public final class Messages {
    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    public static String EvidenceAction_DisplayName() {
        return TEXTS.format("EvidenceAction.DisplayName");
    }

    public static String DeliveryConfiguration_DisplayName() {
        return TEXTS.format("DeliveryConfiguration.DisplayName");
    }

    public static String DeliveryConfiguration_NoServerAddress() {
        return TEXTS.format("DeliveryConfiguration.NoServerAddress");
    }

    public static String DeliveryConfiguration_SecretInAddress() {
        return TEXTS.format("DeliveryConfiguration.SecretInAddress");
    }

    public static String DeliveryConfiguration_Plain() {
        return TEXTS.format("DeliveryConfiguration.Plain");
    }
}
