package io.mldelivery.rollout.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The routes in force, kept in a file so that a proxy that is started again splits the traffic as before. */
final class RouteStore {
    private final Path file;
    private volatile Chooser chooser;

    RouteStore(Path file) throws IOException {
        this.file = file;
        this.chooser = new Chooser(Files.exists(file) ? Routes.parse(Files.readString(file)) : Routes.NONE);
    }

    Chooser chooser() {
        return chooser;
    }

    /** Puts routes in force once they are on disk. */
    synchronized void replace(Routes routes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(routes.text().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        chooser = new Chooser(routes);
    }
}
