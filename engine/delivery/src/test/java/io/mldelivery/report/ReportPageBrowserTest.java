package io.mldelivery.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser makes of the page. */
class ReportPageBrowserTest {
    @TempDir
    private Path folder;

    private String dom(String sample) throws IOException, InterruptedException {
        return Browser.in(folder).dom(page(sample).toUri().toString());
    }

    private Path page(String sample) throws IOException {
        Path page = folder.resolve(sample + ".html");
        Files.writeString(
                page, ReportPage.html(BuildReport.of(SampleEvidence.write(sample, folder.resolve(sample + ".jsonl")))));
        return page;
    }

    @Test
    void shouldShowEverySectionOfAPromotedModel() throws Exception {
        String dom = dom("promoted");

        assertThat(dom)
                .contains("<h1>late-flights <span>#12</span></h1>")
                .contains("id=\"training\"", "id=\"gate\"", "id=\"registration\"", "id=\"rollout\"", "id=\"drift\"")
                .contains("All 4 rules pass; the closest is roc_auc 0.7312 against 0.68.")
                .contains("aria-label=\"Metrics against their limits\"")
                .contains("<title id=\"mld-chart-1-t\">roc_auc against its limit</title>")
                .contains("value 0.7312, interval 0.7251 to 0.7373, limit 0.68")
                .contains("Share of the traffic on the new version")
                .contains("31.1 MB")
                .contains("version 2: 0 %, version 3: 100 %")
                .contains("Evidence: 15 events, unbroken chain");
    }

    @Test
    void shouldSortDriftBySeverityAndPlotEachDriftedColumn() throws Exception {
        String dom = dom("promoted");
        String drift = dom.substring(dom.indexOf("id=\"drift\""));

        assertThat(drift)
                .containsSubsequence(
                        "<th scope=\"row\">dest_region</th>",
                        "<th scope=\"row\">temp</th>",
                        "<th scope=\"row\">dewp</th>",
                        "<th scope=\"row\">visib</th>",
                        "<th scope=\"row\">late</th>",
                        "<th scope=\"row\">carrier</th>",
                        "<th scope=\"row\">hour</th>",
                        "<th scope=\"row\">distance</th>");
        assertThat(drift.split(": reference and current</title>", -1)).hasSize(6);
    }

    @Test
    void shouldTellWhyItRolledBack() throws Exception {
        assertThat(dom("rolled-back"))
                .contains("Not trained again: run ")
                .contains("Rolled back to version 2: success rate 0.514 is below 0.95 over 35 requests of version 3.")
                .contains("<dt>Rolled back in</dt><dd>0.41 s</dd>")
                .contains("mld-chip mld-fail");
    }

    @Test
    void shouldEndTheWeightsWithTheOldVersionAfterARollback() throws Exception {
        String dom = dom("rehearsed");

        assertThat(dom)
                .contains("after 2.358 s 10 %, after 4.838 s 10 %, after 5.073 s 0 %</desc>")
                .contains("<dd>version 1: 100 %, the new process: 0 %</dd>", "<dd>errors=0.5</dd>")
                .containsSubsequence("<th scope=\"row\">rolling-back</th>", "<th scope=\"row\">rolled-back</th>")
                .doesNotContain("aria-label=\"Aliases that moved\"");
    }

    @Test
    void shouldNeverTurnEvidenceIntoMarkup() throws Exception {
        String dom = dom("hostile");

        assertThat(dom).doesNotContain("<title>pwned</title>", "<img");
        assertThat(dom)
                .contains("id=\"gate\"", "id=\"rollout\"", "id=\"drift\"", "<title>&lt;/script&gt;&lt;script&gt;");
        assertThat(dom.split("<script", -1)).hasSize(3);
    }

    @Test
    void shouldFollowTheSystemsThemeAndFitOnPhones() throws Exception {
        Browser browser = Browser.in(folder);
        String url = page("promoted").toUri().toString();
        Path wide = folder.resolve("wide.png");
        Path phone = folder.resolve("phone.png");

        browser.screenshot(url, wide, "--window-size=1240,3000");
        browser.screenshot(url, phone, "--window-size=500,3000", "--blink-settings=preferredColorScheme=0");

        assertThat(coloursAtTheRightEdge(wide)).containsExactly("f6f8fa");
        assertThat(coloursAtTheRightEdge(phone))
                .as("dark, and nothing reaches beyond the window")
                .containsExactly("0d1117");
    }

    private static Set<String> coloursAtTheRightEdge(Path png) throws IOException {
        BufferedImage image = ImageIO.read(png.toFile());
        Set<String> colours = new TreeSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            colours.add("%06x".formatted(image.getRGB(image.getWidth() - 2, y) & 0xffffff));
        }
        return colours;
    }
}
