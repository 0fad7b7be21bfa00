package io.mldelivery.rollout.fake;

import io.mldelivery.kubernetes.FaultyProxy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * {@link FakeServing} with a {@link FaultyProxy} in front of its predictions and another in front of its metrics and health.
 * The shares of requests that they harm stand in a file of the target's folder, {@code faults-VERSION.properties}, which is
 * read again and again.
 */
public final class FaultyServing {
    private FaultyServing() {}

    /** Writes a runnable jar that finds its classes where the test has them. */
    public static Path jar(Path folder) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FaultyServing.class.getName());
        manifest.getMainAttributes()
                .put(Attributes.Name.CLASS_PATH, place(FaultyServing.class) + " " + place(FaultyProxy.class));
        Path jar = folder.resolve("faulty-serving.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private static String place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    /** Which share of a version's requests is harmed; may be changed while it serves. */
    public static void harm(Path target, String version, long seed, double predictions, double management)
            throws IOException {
        Path next = Files.writeString(
                target.resolve("faults-" + version + ".next"),
                "seed=" + seed + "\npredictions=" + predictions + "\nmanagement=" + management + "\n");
        Files.move(
                next,
                target.resolve("faults-" + version + ".properties"),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends with the process; the threads that serve keep it alive. */
    public static void main(String[] arguments) throws Exception {
        int port = FakeServing.listen(arguments);
        List<String> all = Arrays.asList(arguments);
        Path models = Path.of(FakeServing.value(all, "--models").split("=", 2)[1]);
        Path faults =
                models.getParent().getParent().resolve("faults-" + FakeServing.value(all, "--version") + ".properties");
        long seed = Long.parseLong(read(faults).getProperty("seed"));
        var predictions = new FaultyProxy(URI.create("http://127.0.0.1:" + port), seed);
        var management = new FaultyProxy(URI.create("http://127.0.0.1:" + port), seed + 1);
        obey(faults, predictions, management);
        System.out.println(
                "{\"event\":\"listening\",\"port\":" + predictions.address().getPort() + ",\"managementPort\":"
                        + management.address().getPort() + "}");
        while (true) {
            Thread.sleep(50);
            obey(faults, predictions, management);
        }
    }

    private static void obey(Path file, FaultyProxy predictions, FaultyProxy management) throws IOException {
        Properties faults = read(file);
        predictions.faults(Double.parseDouble(faults.getProperty("predictions")));
        management.faults(Double.parseDouble(faults.getProperty("management")));
    }

    private static Properties read(Path file) throws IOException {
        var faults = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            faults.load(in);
        }
        return faults;
    }
}
