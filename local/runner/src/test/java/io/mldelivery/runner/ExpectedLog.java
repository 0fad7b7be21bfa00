package io.mldelivery.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes logs comparable: leaves out stack frames, blank lines and who approves, and names what differs from machine to machine: the
 * folders, who aborts, the packages of step classes, and the list of known steps.
 */
final class ExpectedLog {
    private static final Pattern DROPPED = Pattern.compile(
            "\\s*at .*|\\t+\\.\\.\\. .*|\\s*Also: .*|.*ErrorAction\\$ErrorId: .*|Started .*|Possible solutions: .*|Approved by .*|\\s*");
    private static final Pattern KNOWN_NAMES = Pattern.compile(" found among steps \\[.*");
    private static final Pattern STEP_CLASS = Pattern.compile(
            "(?:org\\.jenkinsci\\.plugins\\.workflow|io\\.mldelivery\\.runner)\\.(?:[a-z_]+\\.)*([A-Z]\\w*Step)\\b");
    private static final Pattern REFLECTION = Pattern.compile(": java\\.lang\\.reflect\\.InvocationTargetException$");
    private static final Pattern CLOSURE = Pattern.compile("[\\w.]+Closure2?@[0-9a-f]+");
    private static final Pattern TIME = Pattern.compile("^\\[\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\\] ");
    private static final Pattern WHO = Pattern.compile("^(Aborted|Rejected) by .*");

    private ExpectedLog() {}

    static List<String> comparable(String log, Path home) {
        List<String> lines = new ArrayList<>();
        Path absolute = home.toAbsolutePath();
        String named = log.replace(absolute.resolve("workspace").toString(), "<workspaces>")
                .replace(absolute.toString(), "<home>");
        for (String line : named.split("\r\n|\r|\n", -1)) {
            if (!DROPPED.matcher(line).matches()) {
                lines.add(comparable(line));
            }
        }
        return lines;
    }

    private static String comparable(String line) {
        String known = KNOWN_NAMES.matcher(line).replaceAll(" found among steps […]");
        String step = STEP_CLASS.matcher(known).replaceAll("$1");
        String closure = CLOSURE.matcher(step).replaceAll("<closure>");
        String plain = REFLECTION.matcher(closure).replaceAll("");
        String timeless = TIME.matcher(plain).replaceAll("[<time>] ");
        return WHO.matcher(timeless).replaceAll("$1 by <who>");
    }
}
