package io.jenkins.plugins.mldelivery.training;

import org.jvnet.localizer.ResourceBundleHolder;

/** The plugin's words, in the language of who reads them; they are in Messages.properties. */
final class Messages {
    private static final ResourceBundleHolder HOLDER = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String OptimizeModelStep_displayName() {
        return HOLDER.format("OptimizeModelStep.displayName");
    }

    static String TrainModelStep_displayName() {
        return HOLDER.format("TrainModelStep.displayName");
    }
}
