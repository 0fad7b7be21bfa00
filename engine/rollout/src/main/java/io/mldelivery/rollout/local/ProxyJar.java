package io.mldelivery.rollout.local;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.proxy.ProxyMain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * Writes a jar with the proxy's classes. The proxy is a process of its own, and on an agent our classes lie in no file:
 * they came over the wire.
 */
final class ProxyJar {
    private ProxyJar() {}

    static void write(Path jar) {
        Path temporary = jar.resolveSibling(jar.getFileName() + ".new");
        try {
            Files.createDirectories(jar.getParent());
            try (var out = new JarOutputStream(Files.newOutputStream(temporary))) {
                for (String name : ProxyMain.classes()) {
                    add(out, name + ".class");
                }
            }
            Files.move(temporary, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot write " + jar + ": " + e.getMessage(),
                    "Free disk space or make the folder writable, then run again.",
                    e);
        }
    }

    private static void add(JarOutputStream out, String file) throws IOException {
        try (InputStream in = ProxyMain.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException(file + " is missing from the plugin");
            }
            out.putNextEntry(new ZipEntry(ProxyMain.class.getPackageName().replace('.', '/') + "/" + file));
            in.transferTo(out);
            out.closeEntry();
        }
    }
}
