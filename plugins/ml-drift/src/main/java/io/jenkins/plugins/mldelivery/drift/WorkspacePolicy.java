package io.jenkins.plugins.mldelivery.drift;

import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a drift policy in the workspace. */
final class WorkspacePolicy {
    private WorkspacePolicy() {}

    /** The policy that holds when none is named, else the named one. */
    static DriftPolicy read(Path workspace, String policy) {
        if (policy.isEmpty()) {
            return DriftPolicy.calibrated();
        }
        try {
            return DriftPolicy.parse(policy, Files.readAllBytes(workspace.resolve(policy)));
        } catch (NoSuchFileException e) {
            throw new DeliveryException(
                    Code.CONFIG,
                    policy + ": there is no such file in the workspace",
                    "Check the path; it is looked up from " + workspace + ".",
                    e);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.CONFIG,
                    policy + ": cannot be read: " + e.getMessage(),
                    "Make the file readable for the agent.",
                    e);
        }
    }
}
