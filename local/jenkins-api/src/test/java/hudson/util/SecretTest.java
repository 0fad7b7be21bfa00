package hudson.util;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.local.hooks.SecretKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @Test
    void shouldReadItsEncryptedFormAndPlainTextAlike() {
        Secret secret = Secret.fromString("hidden");

        assertThat(secret.getEncryptedValue()).startsWith("{").endsWith("}").doesNotContain("hidden");
        assertThat(Secret.fromString(secret.getEncryptedValue())).isEqualTo(secret);
        assertThat(Secret.fromString("{not base64}").getPlainText()).isEqualTo("{not base64}");
    }

    @Test
    void shouldEncryptDifferentlyEachTime() {
        Secret secret = Secret.fromString("hidden");

        assertThat(secret.getEncryptedValue()).isNotEqualTo(secret.getEncryptedValue());
    }

    @Test
    void shouldKeepTheKeyForItsOwnerOnly(@TempDir Path home) throws IOException {
        SecretKeys.use(home);
        String stored = Secret.fromString("hidden").getEncryptedValue();
        SecretKeys.use(home);

        assertThat(Secret.decrypt(stored).getPlainText()).isEqualTo("hidden");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secrets/key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldNotReadWhatAnotherHomeEncrypted(@TempDir Path one, @TempDir Path other) throws IOException {
        SecretKeys.use(one);
        String stored = Secret.fromString("hidden").getEncryptedValue();
        SecretKeys.use(other);

        assertThat(Secret.decrypt(stored)).isNull();
    }
}
