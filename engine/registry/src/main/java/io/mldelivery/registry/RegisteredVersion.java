package io.mldelivery.registry;

import java.util.Map;

/**
 * One version of a registered model.
 *
 * @param version MLflow's version number, as text
 * @param runId the run that made it; empty when it was registered without one
 * @param source where its files lie, such as {@code runs:/<run>/build/model}
 * @param status MLflow's word: {@code READY}, {@code PENDING_REGISTRATION} or {@code FAILED_REGISTRATION}
 */
public record RegisteredVersion(
        String name, String version, String runId, String source, String status, Map<String, String> tags) {
    public RegisteredVersion {
        tags = Map.copyOf(tags);
    }

    /** Returns the address by which others name this version: {@code models:/<name>/<version>}. */
    public String uri() {
        return "models:/" + name + "/" + version;
    }
}
