package io.mldelivery.gate.metric;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric's name taken apart: {@code ndcg@10} is {@code ndcg} with the parameter 10.
 *
 * @param parameter absent when the name carries none
 */
public record MetricName(String base, OptionalDouble parameter) {
    private static final Pattern WITH_PARAMETER = Pattern.compile("(.+?)(?:@|_at_)(\\d+(?:\\.\\d+)?)");
    private static final Pattern TOP = Pattern.compile("top_(\\d+)_accuracy");

    /** The parts of a name; absent when it is blank. */
    public static Optional<MetricName> parse(String name) {
        Matcher top = TOP.matcher(name);
        if (top.matches()) {
            return Optional.of(new MetricName("top_k_accuracy", OptionalDouble.of(Double.parseDouble(top.group(1)))));
        }
        Matcher matcher = WITH_PARAMETER.matcher(name);
        if (matcher.matches()) {
            return Optional.of(
                    new MetricName(matcher.group(1), OptionalDouble.of(Double.parseDouble(matcher.group(2)))));
        }
        return name.isBlank() ? Optional.empty() : Optional.of(new MetricName(name, OptionalDouble.empty()));
    }

    /** The metric that is computed from predictions under this name. */
    public Optional<KnownMetric> known() {
        return KnownMetric.named(base);
    }
}
