package io.jenkins.plugins.mldelivery.drift;

import io.mldelivery.data.address.Addresses;

/** Sources as they may stand in logs, evidence and reports: an address without what can be a secret. */
final class Shown {
    private Shown() {}

    static String source(String source) {
        return source == null ? "" : Addresses.shown(source);
    }
}
