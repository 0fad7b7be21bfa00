package io.mldelivery.local.hooks;

import hudson.model.Computer;
import hudson.model.Node;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.jvnet.hudson.reactor.ReactorException;

/**
 * Runner-only: what stands in for the controller in this JVM. {@link #start(Path)} makes it current; a second start replaces the first, as
 * tests do. {@link #stop()} leaves none.
 */
public final class LocalJenkins extends Jenkins {
    private static volatile LocalJenkins current;

    private final Computer computer = new LocalComputer(this);

    private LocalJenkins(Path home) throws IOException, InterruptedException, ReactorException {
        super(home.toFile(), null);
    }

    /** Starts with this home folder, which is made when absent. */
    public static LocalJenkins start(Path home) throws IOException {
        Files.createDirectories(home);
        SecretKeys.use(home);
        Extensions.use(null);
        current = create(home.toAbsolutePath());
        return current;
    }

    private static LocalJenkins create(Path home) throws IOException {
        try {
            return new LocalJenkins(home);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while starting");
        } catch (ReactorException e) {
            throw new IOException("cannot start below " + home, e);
        }
    }

    public static void stop() {
        current = null;
        Extensions.use(null);
    }

    /** Null before the start. */
    public static LocalJenkins current() {
        return current;
    }

    /** The running side of the stand-in; null for any other node. */
    public static Computer computerOf(Node node) {
        LocalJenkins jenkins = current;
        return jenkins != null && jenkins == node ? jenkins.computer : null;
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
