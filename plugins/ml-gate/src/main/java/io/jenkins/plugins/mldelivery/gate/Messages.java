package io.jenkins.plugins.mldelivery.gate;

import org.jvnet.localizer.Localizable;
import org.jvnet.localizer.ResourceBundleHolder;

/** The plugin's words, in the language of who reads them; they are in Messages.properties. */
final class Messages {
    private static final ResourceBundleHolder HOLDER = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String EvaluateGateStep_displayName() {
        return HOLDER.format("EvaluateGateStep.displayName");
    }

    static String GateWaivers_displayName() {
        return HOLDER.format("GateWaivers.displayName");
    }

    static Localizable _GateWaivers_permissions() {
        return new Localizable(HOLDER, "GateWaivers.permissions");
    }

    static Localizable _GateWaivers_waive() {
        return new Localizable(HOLDER, "GateWaivers.waive");
    }
}
