package io.mldelivery.local.hooks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Runner-only: the key that encrypts stored secrets (AES-256-GCM). It lives in {@code secrets/key} below the home, readable by its owner
 * only; before {@link #use(Path)} it is a key in memory that ends with this JVM.
 */
public final class SecretKeys {
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static volatile byte[] key = fresh();

    private SecretKeys() {}

    /** Uses the key below this home from now on; makes it when absent. */
    public static synchronized void use(Path home) throws IOException {
        Path file = home.resolve("secrets").resolve("key");
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Path temporary = Files.createTempFile(
                    file.getParent(),
                    "key",
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(temporary, fresh());
            Files.move(temporary, file);
        }
        key = Files.readAllBytes(file);
    }

    /** Base64 in braces. */
    public static String encrypt(String plain) {
        try {
            byte[] iv = new byte[IV_BYTES];
            RANDOM.nextBytes(iv);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(plain.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(iv.length + sealed.length)
                    .put(iv)
                    .put(sealed)
                    .array();
            return "{" + Base64.getEncoder().encodeToString(all) + "}";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot encrypt with AES/GCM", e);
        }
    }

    /** Null when the text is not in the form of {@link #encrypt} or was encrypted with another key. */
    public static String decrypt(String data) {
        if (!data.startsWith("{") || !data.endsWith("}")) {
            return null;
        }
        byte[] all;
        try {
            all = Base64.getDecoder().decode(data.substring(1, data.length() - 1));
        } catch (IllegalArgumentException e) {
            return null;
        }
        return all.length < IV_BYTES + TAG_BITS / 8 ? null : open(all);
    }

    private static String open(byte[] all) {
        try {
            byte[] iv = java.util.Arrays.copyOf(all, IV_BYTES);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, iv).doFinal(all, IV_BYTES, all.length - IV_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot decrypt with AES/GCM", e);
        }
    }

    private static Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
        return cipher;
    }

    private static byte[] fresh() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
