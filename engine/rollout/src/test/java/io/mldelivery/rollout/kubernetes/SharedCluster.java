package io.mldelivery.rollout.kubernetes;

import io.mldelivery.kubernetes.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One real cluster for all test classes that ask for it, stopped after the last of them. */
final class SharedCluster implements BeforeAllCallback {
    private static final Namespace STORE = Namespace.create(SharedCluster.class);
    private static TestCluster running;

    /** The cluster, once a test class with this extension has begun. */
    static TestCluster running() {
        return running;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (running == null) {
            Path folder = Files.createTempDirectory("cluster");
            running = TestCluster.start(folder.resolve("run"));
            AutoCloseable end = () -> {
                running.close();
                running = null;
                remove(folder);
            };
            context.getRoot().getStore(STORE).put("cluster", end);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
