package io.mldelivery.site;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes a root and a signer for trying a site out, with the JDK's keytool: {@code trial.p12} and {@code trial.password} in a folder, readable
 * by their owner only. Made once; a second call uses what is there.
 */
public final class TrialKeys {
    private static final long LIMIT_SECONDS = 60;
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private final Path folder;

    private TrialKeys(Path folder) {
        this.folder = folder;
    }

    /** The keys of a folder, which are made when it has none. */
    public static SiteKeys in(Path folder) throws IOException, InterruptedException {
        TrialKeys keys = new TrialKeys(folder);
        Path store = folder.resolve("trial.p12");
        Path password = folder.resolve("trial.password");
        if (!Files.exists(store)) {
            Files.createDirectories(folder);
            keys.make(store, password);
        }
        return SiteKeys.load(store, Files.readString(password).trim().toCharArray());
    }

    private void make(Path store, Path password) throws IOException, InterruptedException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(OWNER));
        Files.writeString(password, HexFormat.of().formatHex(random) + "\n", StandardCharsets.US_ASCII);
        Path work = Files.createTempDirectory(folder, "keys");
        try {
            pair(work, password, "root", "CN=ML Delivery trial root", "bc:c");
            pair(work, password, "signer", "CN=ML Delivery trial site", "ku=digitalSignature");
            sign(work, password);
            Files.setPosixFilePermissions(work.resolve("signer.p12"), OWNER);
            Files.move(work.resolve("signer.p12"), store);
        } finally {
            delete(work);
        }
    }

    private void pair(Path work, Path password, String alias, String name, String extension)
            throws IOException, InterruptedException {
        keytool(
                work,
                password,
                alias,
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "RSA",
                "-keysize",
                "3072",
                "-dname",
                name,
                "-validity",
                "3650",
                "-ext",
                extension);
    }

    private void sign(Path work, Path password) throws IOException, InterruptedException {
        keytool(work, password, "signer", "-certreq", "-alias", "signer", "-file", work + "/request");
        keytool(
                work,
                password,
                "root",
                "-gencert",
                "-alias",
                "root",
                "-infile",
                work + "/request",
                "-outfile",
                work + "/signer.crt",
                "-validity",
                "825",
                "-ext",
                "ku=digitalSignature");
        keytool(work, password, "root", "-exportcert", "-alias", "root", "-file", work + "/root.crt");
        keytool(work, password, "signer", "-importcert", "-noprompt", "-alias", "root", "-file", work + "/root.crt");
        keytool(
                work,
                password,
                "signer",
                "-importcert",
                "-noprompt",
                "-alias",
                "signer",
                "-file",
                work + "/signer.crt");
    }

    private static void keytool(Path work, Path password, String store, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", work.resolve(store + ".p12").toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass:file", password.toString()));
        Path log = work.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw failed("did not end within " + LIMIT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw failed(Files.readString(log).strip());
        }
    }

    private static DeliveryException failed(String why) {
        return new DeliveryException(
                Code.CONFIG,
                "keytool could not make trial keys: " + why,
                "Give your own keys with --keystore instead.");
    }

    private static void delete(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(work);
    }
}
