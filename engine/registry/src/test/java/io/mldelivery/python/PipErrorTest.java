package io.mldelivery.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import org.junit.jupiter.api.Test;

/** What pip 23 said in each case. */
class PipErrorTest {
    @Test
    void shouldTellAFullDisk() {
        DeliveryException error = PipError.of(
                "a.lock",
                "Collecting numpy==2.4.6\nERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n\n");

        assertThat(error.what())
                .isEqualTo(
                        "pip could not install a.lock: Could not install packages due to an OSError: [Errno 28] No space"
                                + " left on device");
        assertThat(error.advice()).contains("Free disk space");
        assertThat(error.code()).isEqualTo(Code.ENVIRONMENT);
    }

    @Test
    void shouldTellAnUnreachableIndexOrAPackageWithoutWheel() {
        DeliveryException error = PipError.of(
                "a.lock",
                "ERROR: Could not find a version that satisfies the requirement six==9 (from versions: none)\n"
                        + "ERROR: No matching distribution found for six==9\n");

        assertThat(error.what()).endsWith("No matching distribution found for six==9");
        assertThat(error.advice()).contains("package index").contains("wheel");
    }

    @Test
    void shouldTellTheLastLineWhenPipDiedWithoutAnError() {
        assertThat(PipError.of("a.lock", "Collecting six\nKilled\n").what()).endsWith("Killed");
        assertThat(PipError.of("a.lock", "").what()).endsWith("it said nothing");
    }
}
