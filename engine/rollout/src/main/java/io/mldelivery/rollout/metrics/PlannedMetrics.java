package io.mldelivery.rollout.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.plan.MetricPlan;
import io.mldelivery.rollout.plan.PrometheusAccess;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures the metrics that a plan names. What is not exactly one number is a failure to measure, never a value. */
public final class PlannedMetrics {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

    private final Optional<PrometheusAccess> prometheus;
    private final Map<String, String> environment;

    /** @param environment holds the secrets that the plan names */
    public PlannedMetrics(Optional<PrometheusAccess> prometheus, Map<String, String> environment) {
        this.prometheus = prometheus;
        this.environment = environment;
    }

    /**
     * One value.
     *
     * @param placeholders what to put in for {@code ${name}} in the source's texts
     */
    public double read(MetricPlan metric, Map<String, String> placeholders) {
        if (metric.source() instanceof MetricPlan.Query query) {
            return query(filled(query.query(), placeholders));
        }
        var json = (MetricPlan.Json) metric.source();
        return JsonOverHttp.number(
                filled(json.url(), placeholders),
                json.pointer(),
                json.tokenVariable().map(variable -> PrometheusClient.secret(variable, environment)));
    }

    private double query(String query) {
        var client = new PrometheusClient(
                prometheus.orElseThrow(() -> new DeliveryException(
                        Code.CONFIG,
                        "a metric has a query, but no Prometheus is named",
                        "Add analysis.prometheus to the plan.")),
                environment);
        JsonNode result = client.query(query);
        if (result.isEmpty()) {
            throw client.problem(
                    "returns nothing for " + query, "Check the query, and that something is scraped.", null);
        }
        if (result.size() > 1) {
            throw client.problem(
                    "returns " + result.size() + " series for " + query, "Aggregate to one, such as by sum(…).", null);
        }
        double value = Double.parseDouble(
                result.get(0).path("value").path(1).asText("NaN").replace("Inf", "Infinity"));
        if (Double.isNaN(value)) {
            throw client.problem(
                    "returns NaN for " + query,
                    "Is something divided by 0? Add: or vector(0), if that is meant.",
                    null);
        }
        return value;
    }

    private static String filled(String text, Map<String, String> placeholders) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            String value = placeholders.get(match.group(1));
            if (value == null) {
                throw new DeliveryException(
                        Code.CONFIG,
                        "${" + match.group(1) + "} in '" + text + "' is not known",
                        "Known are ${model}, ${version} and ${key}.");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
