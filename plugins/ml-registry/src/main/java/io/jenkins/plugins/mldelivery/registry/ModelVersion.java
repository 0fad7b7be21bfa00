package io.jenkins.plugins.mldelivery.registry;

import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code registerModel} returns to the Pipeline script: a registered version of a model. Immutable. */
public final class ModelVersion implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String version;
    private final String runId;
    private final String digest;

    ModelVersion(String name, String version, String runId, String digest) {
        this.name = name;
        this.version = version;
        this.runId = runId;
        this.digest = digest;
    }

    @Whitelisted
    public String getName() {
        return name;
    }

    /** MLflow's number of the version, as text. */
    @Whitelisted
    public String getVersion() {
        return version;
    }

    /** The version's address for other steps: {@code models:/<name>/<version>}. */
    @Whitelisted
    public String getUri() {
        return "models:/" + name + "/" + version;
    }

    /** The run that made the version; when the same model was registered before, that earlier run. */
    @Whitelisted
    public String getRunId() {
        return runId;
    }

    /** SHA-256 (hex) over the model's files. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    @Whitelisted
    @Override
    public String toString() {
        return getUri();
    }
}
