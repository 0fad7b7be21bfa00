package io.jenkins.plugins.mldelivery.registry;

import org.jvnet.localizer.ResourceBundleHolder;

/** The plugin's words, in the language of who reads them; they are in Messages.properties. */
final class Messages {
    private static final ResourceBundleHolder HOLDER = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String BuildServingImageStep_displayName() {
        return HOLDER.format("BuildServingImageStep.displayName");
    }

    static String RegisterModelStep_displayName() {
        return HOLDER.format("RegisterModelStep.displayName");
    }
}
