package io.mldelivery.drift.policy;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a drift policy from a file. */
public final class PolicyFile {
    private PolicyFile() {}

    /** The policy; {@code DeliveryException} of two lines when there is none or it is not valid. */
    public static DriftPolicy read(Path policy) {
        try {
            return DriftPolicy.parse(policy.toString(), Files.readAllBytes(policy));
        } catch (NoSuchFileException e) {
            throw new DeliveryException(Code.CONFIG, policy + ": there is no such file", "Check the path.", e);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.CONFIG, policy + ": cannot be read: " + e.getMessage(), "Make the file readable.", e);
        }
    }
}
