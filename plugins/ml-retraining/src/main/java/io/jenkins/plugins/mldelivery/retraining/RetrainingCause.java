package io.jenkins.plugins.mldelivery.retraining;

import hudson.model.Cause;

/** Says which event started a retraining. */
public final class RetrainingCause extends Cause {
    private final String trigger;
    private final String event;

    RetrainingCause(String trigger, String event) {
        this.trigger = trigger;
        this.event = event;
    }

    /** The name of the trigger that took the event. */
    public String getTrigger() {
        return trigger;
    }

    /** What the event reports, in one line. */
    public String getEvent() {
        return event;
    }

    @Override
    public String getShortDescription() {
        return Messages.RetrainingCause_ShortDescription(trigger, event);
    }
}
