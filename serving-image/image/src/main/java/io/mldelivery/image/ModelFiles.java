package io.mldelivery.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A model's name and version, and the files of its folder in the order of their names. Links are not followed. */
record ModelFiles(String name, String version, Path folder, List<Path> files) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    static ModelFiles of(String name, String version, Path folder) {
        if (!PLAIN.matcher(name).matches() || !PLAIN.matcher(version).matches()) {
            throw new ImageFault(
                    "'" + name + "' version '" + version + "' cannot be served",
                    "Use letters, digits, dot, dash and underscore.");
        }
        List<Path> files = list(folder);
        if (files.isEmpty()) {
            throw new ImageFault("The model folder " + folder + " is empty", "Give --model a folder with model.onnx.");
        }
        return new ModelFiles(name, version, folder, files);
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ImageFault("No model folder " + folder, "Give --model a folder with model.onnx.");
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.comparing(file -> relative(folder, file)))
                    .toList();
        } catch (IOException e) {
            throw new ImageFault("Cannot read " + folder + ": " + e.getMessage(), "Make it readable.", e);
        }
    }

    private static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    String relative(Path file) {
        return relative(folder, file);
    }

    /**
     * SHA-256 in hexadecimal over a line {@code <sha256>  <path>} for each file, as sha256sum prints them: the digest that
     * registerModel gives the same model.
     */
    String digest() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path file : files) {
            MessageDigest digest = sha256();
            try (InputStream in = Files.newInputStream(file);
                    OutputStream to = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                in.transferTo(to);
            }
            lines.append(HexFormat.of().formatHex(digest.digest())).append("  ");
            lines.append(relative(file)).append('\n');
        }
        return HexFormat.of().formatHex(sha256().digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
