package io.mldelivery.local.hooks;

import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;

/**
 * Runner-only: what stands in for the controller in this JVM. {@link #start(Path)} makes it current; a second start replaces the first, as
 * tests do. {@link #stop()} leaves none.
 */
public final class LocalJenkins extends Jenkins {
    private static volatile LocalJenkins current;

    private final Computer computer = new LocalComputer(this);

    private LocalJenkins(Path home) throws IOException {
        super(home.toFile(), null);
    }

    /** Starts with this home folder, which is made when absent. */
    public static LocalJenkins start(Path home) throws IOException {
        Files.createDirectories(home);
        SecretKeys.use(home);
        Extensions.use(null);
        current = new LocalJenkins(home.toAbsolutePath());
        return current;
    }

    public static void stop() {
        current = null;
        Extensions.use(null);
    }

    /** Null before the start. */
    public static LocalJenkins current() {
        return current;
    }

    @Override
    protected Computer computer() {
        return computer;
    }

    private static final class LocalComputer extends Computer {
        LocalComputer(LocalJenkins node) {
            super(node);
        }

        @Override
        public VirtualChannel getChannel() {
            return hudson.FilePath.localChannel;
        }

        @Override
        public Charset getDefaultCharset() {
            return Charset.defaultCharset();
        }

        @Override
        public Boolean isUnix() {
            return java.io.File.pathSeparatorChar == ':';
        }

        @Override
        public String getDisplayName() {
            return "Built-In Node";
        }
    }
}
