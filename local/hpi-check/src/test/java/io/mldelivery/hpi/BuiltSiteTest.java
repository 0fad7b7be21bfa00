package io.mldelivery.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.site.Controller;
import io.mldelivery.site.SiteReport;
import io.mldelivery.site.SiteSettings;
import io.mldelivery.site.SiteVerifier;
import io.mldelivery.site.TrialKeys;
import io.mldelivery.site.UpdateSite;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltSiteTest {
    @TempDir
    private Path folder;

    @Test
    void shouldServeTheBuiltPluginsToTheControllerImage() throws Exception {
        SiteSettings settings = new SiteSettings(
                URI.create("https://plugins.example.org/ml/"),
                "ml-delivery",
                TrialKeys.in(folder.resolve("keys")),
                Instant.parse("2026-11-21T00:00:00Z"));
        Path site = folder.resolve("site");
        UpdateSite.Written written = new UpdateSite(settings).write(Hpi.PLUGINS, site, "## 0.1.0\n- First", false);
        Controller image = new Controller(
                Optional.of("2.541.3"),
                Optional.of(Controller.plugins(ControllerImageTest.FOLDER.resolve("plugins.txt"))));

        SiteReport report = SiteVerifier.verify(site, site.resolve("rootCA.crt"), image);

        assertThat(report.findings()).isEmpty();
        assertThat(written.plugins()).isEqualTo(Hpi.IDS.size()).isEqualTo(report.plugins());
    }
}
