package io.mldelivery.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest states. */
final class ProductVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                .orElse("(run from classes, without a manifest)");
        return new String[] {"mldelivery " + version, "Java " + System.getProperty("java.version")};
    }
}
