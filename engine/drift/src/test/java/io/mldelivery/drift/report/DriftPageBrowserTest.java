package io.mldelivery.drift.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.policy.DriftPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at the page with a keyboard and nothing else, on a narrow screen. */
class DriftPageBrowserTest {
    private static final String FOCUSED = "document.activeElement.id || document.activeElement.className";

    /** The names of the rows that are shown, from top to bottom. */
    private static final String ROWS = """
            [...document.querySelectorAll('tbody tr')].filter(row => row.getClientRects().length)
              .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
              .map(row => row.querySelector('th').textContent)
            """;

    @TempDir
    private Path folder;

    private void write(String name, double... shifts) throws Exception {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("quiet,much,none,little\n");
        for (int row = 0; row < 400; row++) {
            for (int i = 0; i < shifts.length; i++) {
                text.append(i == 0 ? "" : ",").append(random.nextGaussian() + shifts[i]);
            }
            text.append('\n');
        }
        Files.writeString(folder.resolve(name), text);
    }

    private Browser open() throws Exception {
        boolean there = Browser.isInstalled();
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as("CI needs Chromium: apt-get install chromium").isTrue();
        }
        assumeTrue(there, "Chromium is not installed: apt-get install chromium");
        write("r.csv", 0, 0, 0, 0);
        write("c.csv", 0, 3, 0, 1);
        var policy = DriftPolicy.parse("drift.yaml", "policy: calibrated".getBytes(StandardCharsets.UTF_8));
        var verdict = new DriftCheck(TableOptions.in(folder).withTemporary(folder), policy, Optional.empty())
                .compare("r.csv", "c.csv");
        Path page = folder.resolve("drift.html");
        Files.writeString(page, DriftPage.of(verdict, "r.csv", "c.csv"));
        return Browser.open(page.toUri(), 500, Files.createDirectory(folder.resolve("browser")));
    }

    private static List<String> rows(Browser browser) throws Exception {
        List<String> names = new ArrayList<>();
        for (JsonNode name : browser.value(ROWS)) {
            names.add(name.asText());
        }
        return names;
    }

    private static void assertFocused(Browser browser, String what) throws Exception {
        assertThat(browser.value(FOCUSED).asText()).isEqualTo(what);
        assertThat(browser.value("document.activeElement.matches(':focus-visible')"
                                + " && getComputedStyle(document.activeElement).outlineStyle !== 'none'")
                        .asBoolean())
                .as("%s shows that it has the focus", what)
                .isTrue();
    }

    @Test
    void shouldFilterAndOrderByKeyboardAlone() throws Exception {
        try (Browser browser = open()) {
            assertThat(rows(browser)).startsWith("much", "little").hasSize(4);

            browser.press("Tab");
            assertFocused(browser, "all");
            browser.press("ArrowRight");
            assertFocused(browser, "bad");
            assertThat(rows(browser)).containsExactly("much", "little");

            browser.press("Tab");
            assertFocused(browser, "by-severity");
            browser.press("ArrowDown");
            assertFocused(browser, "by-name");
            assertThat(rows(browser)).containsExactly("little", "much");

            browser.pressWithShift("Tab");
            assertFocused(browser, "bad");
            browser.press("Tab");
            browser.press("Tab");
            assertFocused(browser, "wide");
            browser.press("ArrowRight");
            browser.await("document.querySelector('.wide').scrollLeft > 0");
        }
    }

    @Test
    void shouldHoldNoScriptAndAskForNothing() throws Exception {
        try (Browser browser = open()) {
            assertThat(browser.value("document.scripts.length + document.querySelectorAll('link,iframe,object').length")
                            .asInt())
                    .isZero();
            assertThat(browser.value(
                                    "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
                                            + ".filter(a => a.name.startsWith('on') || /^(src|href|action)$/.test(a.name)).length")
                            .asInt())
                    .isZero();
            assertThat(browser.value("performance.getEntriesByType('resource').length")
                            .asInt())
                    .isZero();
            assertThat(browser.value("[...document.querySelectorAll('svg')].every(s => s.getAttribute('role') === 'img'"
                                    + " && (s.getAttribute('aria-label') || s.querySelector('title')))")
                            .asBoolean())
                    .as("every picture has a name")
                    .isTrue();
        }
    }
}
