package io.mldelivery.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The server's jar taken apart for one architecture: native libraries as plain files by their path, so that nothing has
 * to be unpacked at start and the root file system may be read-only; a jar of the rest; and the list of components in
 * CycloneDX form, where the jar has one. Same input, same bytes.
 */
record ServerFiles(Path jar, Map<String, Path> natives, Optional<Path> sbom) {

    private static final String NATIVES = "ai/onnxruntime/native/";
    private static final String SBOM = "META-INF/sbom/serving.cdx.json";
    private static final Map<String, String> FOLDERS = Map.of("amd64", "linux-x64", "arm64", "linux-aarch64");

    static ServerFiles split(Path servingJar, String architecture, Path work) throws IOException {
        if (!Files.isRegularFile(servingJar)) {
            throw new ImageFault("No file " + servingJar, "Give --serving-jar the serving.jar of the build.");
        }
        String wanted = NATIVES + FOLDERS.get(architecture) + "/";
        Path jar = work.resolve("serving.jar");
        Map<String, Path> natives = new TreeMap<>();
        Optional<Path> sbom = Optional.empty();
        try (ZipFile source = new ZipFile(servingJar.toFile());
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(jar));
                ZipOutputStream rest = new ZipOutputStream(out)) {
            for (ZipEntry entry : source.stream().map(ZipEntry.class::cast).toList()) {
                if (entry.getName().startsWith(wanted) && !entry.isDirectory()) {
                    String name = entry.getName().substring(NATIVES.length());
                    natives.put(name, unpack(source, entry, work.resolve("native-" + natives.size())));
                } else if (entry.getName().equals(SBOM)) {
                    sbom = Optional.of(unpack(source, entry, work.resolve("sbom")));
                } else if (!entry.getName().startsWith(NATIVES)) {
                    copy(source, entry, rest);
                }
            }
        }
        if (natives.isEmpty()) {
            throw new ImageFault(
                    servingJar + " has no native libraries for " + architecture,
                    "Give --serving-jar the serving.jar of the build.");
        }
        return new ServerFiles(jar, natives, sbom);
    }

    private static void copy(ZipFile source, ZipEntry entry, ZipOutputStream to) throws IOException {
        ZipEntry same = new ZipEntry(entry.getName());
        same.setTimeLocal(entry.getTimeLocal());
        to.putNextEntry(same);
        try (InputStream in = source.getInputStream(entry)) {
            in.transferTo(to);
        }
        to.closeEntry();
    }

    private static Path unpack(ZipFile source, ZipEntry entry, Path file) throws IOException {
        try (InputStream in = source.getInputStream(entry)) {
            Files.copy(in, file);
        }
        return file;
    }
}
