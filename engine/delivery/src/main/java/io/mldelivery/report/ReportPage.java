package io.mldelivery.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A report as one HTML page that needs nothing else: styles, script and data are in it, it asks the network for
 * nothing, and its Content-Security-Policy allows only the style and the script that it was written with. Texts from
 * the evidence reach the page as text, never as markup.
 */
public final class ReportPage {
    private static final List<String> SCRIPTS = List.of("dom.js", "charts.js", "gate.js", "report.js", "page.js");
    private static final List<String> STYLES = List.of("report.css", "page.css");

    private ReportPage() {}

    /** The page of a report that does not change. */
    public static String html(BuildReport report) {
        return html(report, "", "");
    }

    /**
     * A page that follows a running build.
     *
     * @param url the address, relative to the page, where the page finds the newest {@link BuildReport#json document}
     */
    public static String following(BuildReport report, String url) {
        return html(report, report.complete() ? "" : url, "; connect-src 'self'");
    }

    private static String html(BuildReport report, String follow, String connect) {
        String style = STYLES.stream().map(ReportPage::resource).collect(Collectors.joining());
        String script = script();
        return fill(
                resource("page.html"),
                List.of(
                        "{policy}",
                        policy(style, script) + connect,
                        "{title}",
                        escape(report.title()),
                        "{style}",
                        style,
                        "{follow}",
                        escape(follow),
                        "{data}",
                        embeddable(report.json().toString()),
                        "{script}",
                        script));
    }

    /** Replaces each placeholder once, from front to back, so that no inserted text is searched for placeholders. */
    private static String fill(String template, List<String> replacements) {
        var page = new StringBuilder();
        int from = 0;
        for (int i = 0; i < replacements.size(); i += 2) {
            int at = template.indexOf(replacements.get(i), from);
            page.append(template, from, at).append(replacements.get(i + 1));
            from = at + replacements.get(i).length();
        }
        return page.append(template.substring(from)).toString();
    }

    private static String policy(String style, String script) {
        return "default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script)
                + "'; base-uri 'none'; form-action 'none'";
    }

    /** The modules as one: the imports between them fall away. */
    private static String script() {
        return SCRIPTS.stream()
                .flatMap(name -> resource(name).lines())
                .filter(line -> !line.startsWith("import "))
                .map(line -> line.startsWith("export ") ? line.substring("export ".length()) : line)
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    /** JSON that can stand in a script element: these characters occur only inside of strings. */
    static String embeddable(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the report's " + name, e);
        }
    }
}
