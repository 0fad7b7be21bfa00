package io.mldelivery.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportPageTest {
    @TempDir
    private Path folder;

    private BuildReport report(String sample) throws IOException {
        return BuildReport.of(SampleEvidence.write(sample, folder.resolve("evidence.jsonl")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"promoted", "hostile"})
    void shouldNeedNothingFromTheNetwork(String sample) throws IOException {
        String html = ReportPage.html(report(sample));

        assertThat(html)
                .contains("default-src 'none'")
                .doesNotContain("connect-src", "@import", "url(", "<link", "src=\"");
        assertThat(html).doesNotContain("unsafe-inline", " style=\"", " onclick=");
    }

    @Test
    void shouldEmbedTheDocumentAsDataThatCannotEndItsElement() throws Exception {
        BuildReport report = report("hostile");
        String html = ReportPage.html(report);

        Matcher data = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(html);

        assertThat(data.find()).isTrue();
        assertThat(data.group(1)).doesNotContain("<", ">", "&", "\u2028");
        assertThat(new ObjectMapper().readTree(data.group(1))).isEqualTo(report.json());
    }

    @Test
    void shouldEscapeTheTitle() throws IOException {
        assertThat(ReportPage.html(report("hostile")))
                .contains("<title>&lt;/script&gt;&lt;script&gt;document.title=&quot;pwned&quot;");
    }

    @Test
    void shouldAskItsOwnServerOnlyWhenItFollowsABuild() throws IOException {
        assertThat(ReportPage.following(report("promoted"), "report.json"))
                .contains("connect-src 'self'", "data-follow=\"\"");
        assertThat(ReportPage.html(report("promoted"))).contains("data-follow=\"\"");
    }

    @Test
    void shouldBeTheSameForTheSameEvidence() throws IOException {
        BuildReport report = report("weak");

        assertThat(ReportPage.html(report)).isEqualTo(ReportPage.html(report));
    }
}
