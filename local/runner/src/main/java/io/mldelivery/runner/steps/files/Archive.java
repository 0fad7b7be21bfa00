package io.mldelivery.runner.steps.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The artifacts of a build: {@code archive/} in its folder, and {@code fingerprints.txt} for those that have one. */
final class Archive {
    private final Path build;

    Archive(Path build) {
        this.build = build;
    }

    void store(Path workspace, List<String> files, boolean fingerprint, boolean followLinks) throws IOException {
        LinkOption[] options = followLinks ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        FolderTree.copy(workspace, build.resolve("archive"), files, options);
        if (fingerprint) {
            List<String> lines = new ArrayList<>();
            for (String file : files) {
                lines.add(md5(workspace.resolve(file)) + "  " + file);
            }
            Files.write(build.resolve("fingerprints.txt"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** Jenkins' fingerprints are MD5; they identify files and protect nothing. */
    private static String md5(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }
}
