package io.mldelivery.rollout.plan;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.rollout.plan.MetricPlan.Direction;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads a plan's part {@code analysis}. */
final class AnalysisReader {
    private static final double DEFAULT_FALSE_ALARMS = 0.01;
    private static final long DEFAULT_MINIMUM_REQUESTS = 100;
    private static final long DEFAULT_ERRORS_IN_ROW = 4;

    private final ConfigNode node;

    AnalysisReader(ConfigNode node) {
        this.node = node;
    }

    AnalysisPlan read() {
        node.rejectUnknownKeys(
                "interval",
                "falseAlarms",
                "minimumRequests",
                "maximumRequests",
                "errors",
                "successRate",
                "latency",
                "predictions",
                "feedback",
                "metrics",
                "prometheus");
        var plan = new AnalysisPlan(
                interval(node),
                share(node, "falseAlarms").orElse(DEFAULT_FALSE_ALARMS),
                minimumRequests(),
                node.findDuration("errors").orElse(Duration.ofSeconds(30)),
                maximumRequests(),
                node.find("successRate").map(AnalysisReader::successRate),
                node.find("latency").map(AnalysisReader::latency),
                node.find("predictions").map(AnalysisReader::predictions),
                node.find("feedback").map(AnalysisReader::feedback),
                metrics(),
                node.find("prometheus").map(AnalysisReader::prometheus));
        checkSomething(plan);
        return plan;
    }

    private void checkSomething(AnalysisPlan plan) {
        boolean decides = plan.successRate().isPresent()
                || plan.latency().isPresent()
                || plan.feedback().isPresent()
                || plan.predictions().filter(PredictionLimit::gate).isPresent()
                || plan.metrics().stream().anyMatch(metric -> !metric.dryRun());
        if (!decides) {
            throw node.wrong("nothing is measured that decides", "Add successRate:, latency: or metrics: here.");
        }
        boolean asks = plan.metrics().stream().anyMatch(metric -> metric.source() instanceof MetricPlan.Query);
        if (asks && plan.prometheus().isEmpty()) {
            throw node.wrong(
                    "metrics with a query need a Prometheus", "Add prometheus: {url: http://prometheus:9090} here.");
        }
    }

    private static Duration interval(ConfigNode node) {
        Duration interval = node.findDuration("interval").orElse(Duration.ofSeconds(1));
        if (interval.toMillis() < 100) {
            throw node.get("interval").wrong("must be at least 100ms, got " + interval.toMillis() + "ms");
        }
        return interval;
    }

    private long minimumRequests() {
        long requests = node.findInteger("minimumRequests").orElse(DEFAULT_MINIMUM_REQUESTS);
        if (requests < 1) {
            throw node.get("minimumRequests")
                    .wrong("must be at least 1, for no traffic is no success; got " + requests);
        }
        return requests;
    }

    private long maximumRequests() {
        long requests = node.findInteger("maximumRequests").orElse(0);
        if (requests < 0 || requests > 10_000_000) {
            throw node.get("maximumRequests").wrong("must be from 1 to 10000000, got " + requests);
        }
        return requests;
    }

    private static SuccessRateLimit successRate(ConfigNode node) {
        node.rejectUnknownKeys("min", "compare");
        var limit = new SuccessRateLimit(
                share(node, "min"), node.findBool("compare").orElse(true));
        if (limit.min().isEmpty() && !limit.compare()) {
            throw node.wrong("neither a minimum nor a comparison is asked for", "Add min: 0.99 or compare: true.");
        }
        return limit;
    }

    private static LatencyLimit latency(ConfigNode node) {
        node.rejectUnknownKeys("quantile", "max", "ratio", "meanMax", "meanRatio");
        var limit = new LatencyLimit(
                share(node, "quantile").orElse(0.99),
                time(node, "max"),
                ratio(node, "ratio"),
                time(node, "meanMax"),
                ratio(node, "meanRatio"));
        if (limit.limitsNothing()) {
            throw node.wrong("neither a maximum nor a ratio is given", "Add max: 250ms or ratio: 2.");
        }
        return limit;
    }

    private static Optional<Duration> time(ConfigNode node, String key) {
        Optional<Duration> max = node.findDuration(key);
        if (max.isPresent() && max.get().isZero()) {
            throw node.get(key).wrong("must be more than 0");
        }
        return max;
    }

    private static OptionalDouble ratio(ConfigNode node, String key) {
        OptionalDouble ratio = node.findNumber(key);
        if (ratio.isPresent() && !(ratio.getAsDouble() >= 1 && ratio.getAsDouble() <= 1000)) {
            throw node.get(key).wrong("must be from 1 to 1000, got " + ratio.getAsDouble());
        }
        return ratio;
    }

    private static PredictionLimit predictions(ConfigNode node) {
        node.rejectUnknownKeys("gate");
        return new PredictionLimit(node.findBool("gate").orElse(false));
    }

    private static FeedbackLimit feedback(ConfigNode node) {
        node.rejectUnknownKeys("min", "compare", "minimumLabels");
        var limit = new FeedbackLimit(
                share(node, "min"), node.findBool("compare").orElse(true), count(node, "minimumLabels", 0));
        if (limit.min().isEmpty() && !limit.compare()) {
            throw node.wrong("neither a minimum nor a comparison is asked for", "Add min: 0.9 or compare: true.");
        }
        return limit;
    }

    private List<MetricPlan> metrics() {
        List<ConfigNode> items = node.find("metrics").map(ConfigNode::items).orElse(List.of());
        Set<String> names = new HashSet<>();
        for (ConfigNode item : items) {
            if (!names.add(item.get("name").text())) {
                throw item.get("name")
                        .wrong("two metrics are called " + item.get("name").text());
            }
        }
        return items.stream().map(AnalysisReader::metric).toList();
    }

    private static MetricPlan metric(ConfigNode node) {
        node.rejectUnknownKeys(
                "name",
                "query",
                "url",
                "pointer",
                "tokenVariable",
                "interval",
                "success",
                "failure",
                "failureLimit",
                "consecutiveErrors",
                "count",
                "worse",
                "dryRun");
        var plan = new MetricPlan(
                node.get("name").text(),
                source(node),
                interval(node),
                node.find("success").map(AnalysisReader::condition),
                node.find("failure").map(AnalysisReader::condition),
                count(node, "failureLimit", 0),
                count(node, "consecutiveErrors", DEFAULT_ERRORS_IN_ROW),
                Math.max(1, count(node, "count", 1)),
                node.find("worse").map(worse -> worse.choice(Direction.class)),
                node.findBool("dryRun").orElse(false));
        if (plan.success().isEmpty() && plan.failure().isEmpty() && plan.worse().isEmpty()) {
            throw node.wrong(
                    "nothing says what is good",
                    "Add success: 'result < 0.9', failure: 'result >= 0.9', or worse: higher to compare with the old version.");
        }
        return plan;
    }

    private static MetricPlan.Source source(ConfigNode node) {
        if (node.find("query").isPresent() == node.find("url").isPresent()) {
            throw node.wrong("exactly one of query (Prometheus) and url (JSON) is needed");
        }
        if (node.find("query").isPresent()) {
            return new MetricPlan.Query(node.get("query").text());
        }
        String pointer = node.get("pointer").text();
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            throw node.get("pointer").wrong("'" + pointer + "' is no JSON pointer", "Write one such as /data/p99.");
        }
        return new MetricPlan.Json(PlanReader.address(node.get("url")), pointer, node.findText("tokenVariable"));
    }

    private static Condition condition(ConfigNode node) {
        try {
            return Condition.parse(node.text());
        } catch (IllegalArgumentException e) {
            throw node.wrong(e.getMessage(), "Write one such as 'result >= 0.95 && result <= 1'.");
        }
    }

    static PrometheusAccess prometheus(ConfigNode node) {
        node.rejectUnknownKeys("url", "tokenVariable", "user", "passwordVariable", "authority", "certificate");
        if (node.find("user").isPresent() != node.find("passwordVariable").isPresent()) {
            throw node.wrong("user and passwordVariable belong together");
        }
        return new PrometheusAccess(
                PlanReader.address(node.get("url")),
                node.findText("tokenVariable"),
                node.findText("user"),
                node.findText("passwordVariable"),
                node.findText("authority"),
                node.findText("certificate"));
    }

    private static long count(ConfigNode node, String key, long otherwise) {
        long count = node.findInteger(key).orElse(otherwise);
        if (count < 0) {
            throw node.get(key).wrong("cannot be negative, got " + count);
        }
        return count;
    }

    private static OptionalDouble share(ConfigNode node, String key) {
        OptionalDouble value = node.findNumber(key);
        if (value.isPresent() && !(value.getAsDouble() > 0 && value.getAsDouble() < 1)) {
            throw node.get(key)
                    .wrong("must lie between 0 and 1, got " + node.get(key).text());
        }
        return value;
    }
}
