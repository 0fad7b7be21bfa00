package io.mldelivery.gate.report;

import io.mldelivery.gate.judge.GateResult;
import io.mldelivery.gate.judge.RuleResult;
import io.mldelivery.gate.policy.Severity;
import io.mldelivery.model.Outcome;
import java.util.List;

/**
 * A gate's result as JUnit XML, one test case a rule and slice, so that Jenkins' test trend shows gates too. FAIL is a
 * failure, ERROR and INCONCLUSIVE are errors; rules that cannot stop the model, or are waived, are skipped when they do not pass.
 */
public final class GateJUnit {
    private GateJUnit() {}

    /**
     * The document, UTF-8.
     *
     * @param name the suite's name, such as the policy's file
     */
    public static String of(GateResult result, String name) {
        List<RuleResult> rules = result.rules();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"")
                .append(escaped(name))
                .append("\" tests=\"")
                .append(Math.max(1, rules.size()))
                .append("\" failures=\"")
                .append(count(rules, "failure"))
                .append("\" errors=\"")
                .append(rules.isEmpty() ? 1 : count(rules, "error"))
                .append("\" skipped=\"")
                .append(count(rules, "skipped"))
                .append("\">\n");
        rules.forEach(rule -> append(xml, rule, name));
        if (rules.isEmpty()) {
            xml.append("  <testcase classname=\"")
                    .append(escaped(name))
                    .append("\" name=\"gate\"><error message=\"")
                    .append(escaped(result.reason()))
                    .append("\"/></testcase>\n");
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static long count(List<RuleResult> rules, String element) {
        return rules.stream().filter(rule -> element(rule).equals(element)).count();
    }

    private static String element(RuleResult rule) {
        if (rule.outcome() == Outcome.PASS) {
            return "";
        }
        if (rule.rule().severity() != Severity.FAIL || rule.waiver().isPresent()) {
            return "skipped";
        }
        return rule.outcome() == Outcome.FAIL ? "failure" : "error";
    }

    private static void append(StringBuilder xml, RuleResult rule, String suite) {
        String name = rule.rule().name()
                + rule.slice().map(slice -> " [" + slice + "]").orElse("");
        xml.append("  <testcase classname=\"")
                .append(escaped(suite))
                .append("\" name=\"")
                .append(escaped(name))
                .append("\">");
        if (!element(rule).isEmpty()) {
            xml.append('<')
                    .append(element(rule))
                    .append(" message=\"")
                    .append(escaped(rule.outcome() + ": " + rule.reason()))
                    .append("\"/>");
        } else {
            xml.append("<system-out>").append(escaped(rule.reason())).append("</system-out>");
        }
        xml.append("</testcase>\n");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(c < ' ' || c == 0xFFFE || c == 0xFFFF ? ' ' : c);
            }
        });
        return escaped.toString();
    }
}
