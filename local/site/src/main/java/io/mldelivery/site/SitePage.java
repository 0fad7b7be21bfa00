package io.mldelivery.site;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The pages of a site for people: what there is, since when, with which sums, and the release notes. */
final class SitePage {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private SitePage() {}

    static String index(SiteSettings settings, Releases releases) {
        StringBuilder body = new StringBuilder("<p>Update site <code>")
                .append(escaped(settings.id()))
                .append("</code>: <code>")
                .append(escaped(settings.at("update-center.json")))
                .append("</code></p>\n<p><a href=\"release-notes.html\">Release notes</a>. Root certificate: ")
                .append("<a href=\"rootCA.crt\">rootCA.crt</a>, SHA-256 <code>")
                .append(settings.keys().rootFingerprint())
                .append(
                        "</code>.</p>\n<table>\n<tr><th>Plugin</th><th>Version</th><th>Since</th><th>Needs Jenkins</th>")
                .append("<th>Bytes</th><th>SHA-256 (Base64)</th></tr>\n");
        releases.all().forEach(release -> body.append(row(release)));
        return page(
                "ML Delivery for Jenkins: plugins", body.append("</table>\n").toString());
    }

    private static String row(Release release) {
        PluginArchive archive = release.archive();
        return String.format(
                Locale.ROOT,
                "<tr><td><a href=\"%s\">%s</a><br>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%d</td><td><code>%s</code></td></tr>\n",
                archive.path(),
                escaped(archive.required("Long-Name")),
                escaped(archive.required("Specification-Title")),
                archive.version(),
                DAY.format(release.at()),
                escaped(archive.required("Jenkins-Version")),
                archive.bytes().length,
                release.sha256());
    }

    /** Headings, list items and paragraphs of Markdown; everything else stays as it is written. */
    static String releaseNotes(String markdown) {
        StringBuilder body = new StringBuilder();
        boolean list = false;
        for (String block : markdown.strip().split("\n(?=[#*-] |##)|\n\\s*\n")) {
            boolean item = block.startsWith("- ") || block.startsWith("* ");
            body.append(item == list ? "" : item ? "<ul>\n" : "</ul>\n").append(element(block.strip(), item));
            list = item;
        }
        return page(
                "ML Delivery for Jenkins: release notes",
                body.append(list ? "</ul>\n" : "").toString());
    }

    private static String element(String block, boolean item) {
        String heading = block.replaceFirst("^#{1,3} ", "");
        if (heading.length() < block.length()) {
            int level = block.length() - heading.length() - 1;
            return "<h" + level + ">" + escaped(heading) + "</h" + level + ">\n";
        }
        return item ? "<li>" + escaped(block.substring(2)) + "</li>\n" : "<p>" + escaped(block) + "</p>\n";
    }

    private static String page(String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>" + title
                + "</title></head>\n<body>\n<h1>" + title + "</h1>\n" + body + "</body>\n</html>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
