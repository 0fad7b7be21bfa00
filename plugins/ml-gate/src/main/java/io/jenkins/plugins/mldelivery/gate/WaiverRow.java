package io.jenkins.plugins.mldelivery.gate;

import io.mldelivery.gate.judge.Waiver;

/** A waiver as the page reads it: by getters. */
public final class WaiverRow {
    private final Waiver waiver;
    private final boolean expired;

    WaiverRow(Waiver waiver, boolean expired) {
        this.waiver = waiver;
        this.expired = expired;
    }

    public String getRule() {
        return waiver.rule();
    }

    public String getVersion() {
        return waiver.version();
    }

    public String getReason() {
        return waiver.reason();
    }

    public String getBy() {
        return waiver.by();
    }

    public String getUntil() {
        return waiver.until().toString();
    }

    public boolean isExpired() {
        return expired;
    }
}
