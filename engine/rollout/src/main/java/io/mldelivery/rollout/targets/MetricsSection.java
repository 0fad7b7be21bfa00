package io.mldelivery.rollout.targets;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.rollout.kubernetes.PodMetrics;
import io.mldelivery.rollout.metrics.MetricSource;
import io.mldelivery.rollout.metrics.PrometheusSource;
import io.mldelivery.rollout.metrics.SeriesNames;
import io.mldelivery.rollout.plan.PrometheusAccess;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The part {@code metrics} of a target's file: where and under which names the servers' counters are found. */
final class MetricsSection {
    private static final Duration OLDEST = Duration.ofSeconds(60);
    private static final int MANAGEMENT_PORT = 8081;

    private enum Kind {
        PROMETHEUS,
        PODS
    }

    private enum Server {
        MLDELIVERY,
        TRITON,
        DJL_SERVING,
        TORCHSERVE,
        TF_SERVING
    }

    private final ConfigNode node;
    private final Kind kind;

    MetricsSection(ConfigNode node) {
        this.node = node;
        this.kind = node.get("kind").choice(Kind.class);
        if (kind == Kind.PODS) {
            node.rejectUnknownKeys("kind", "port", "path");
        } else {
            node.rejectUnknownKeys(
                    "kind",
                    "url",
                    "tokenVariable",
                    "user",
                    "passwordVariable",
                    "authority",
                    "certificate",
                    "oldest",
                    "server",
                    "series");
        }
    }

    /** Refuses what is wrong before anything begins. */
    void check() {
        if (kind == Kind.PROMETHEUS) {
            access();
            names();
        }
    }

    MetricSource source(
            Cluster cluster, String namespace, String target, Map<String, String> environment, Clock clock) {
        if (kind == Kind.PODS) {
            return new PodMetrics(
                    cluster,
                    namespace,
                    target,
                    (int) node.findInteger("port").orElse(MANAGEMENT_PORT),
                    node.findText("path").orElse("/metrics"));
        }
        return new PrometheusSource(
                access(), environment, names(), node.findDuration("oldest").orElse(OLDEST), clock);
    }

    private SeriesNames names() {
        if (node.find("series").isPresent() && node.find("server").isPresent()) {
            throw node.get("server").wrong("series says what the server calls them", "Leave out one of them.");
        }
        return node.find("series")
                .map(MetricsSection::series)
                .orElseGet(() -> node.find("server")
                        .map(server -> of(server.choice(Server.class)))
                        .orElse(SeriesNames.OURS));
    }

    private static SeriesNames of(Server server) {
        return switch (server) {
            case MLDELIVERY -> SeriesNames.OURS;
            case TRITON -> SeriesNames.TRITON;
            case DJL_SERVING -> SeriesNames.DJL_SERVING;
            case TORCHSERVE -> SeriesNames.TORCHSERVE;
            case TF_SERVING -> SeriesNames.TF_SERVING;
        };
    }

    private PrometheusAccess access() {
        String url = node.get("url").text();
        if (!url.matches("https?://\\S+")) {
            throw node.get("url").wrong("'" + url + "' is no http or https address");
        }
        if (node.find("user").isPresent() != node.find("passwordVariable").isPresent()) {
            throw node.wrong("user and passwordVariable belong together");
        }
        return new PrometheusAccess(
                url,
                node.findText("tokenVariable"),
                node.findText("user"),
                node.findText("passwordVariable"),
                node.findText("authority"),
                node.findText("certificate"));
    }

    private static SeriesNames series(ConfigNode node) {
        node.rejectUnknownKeys("requests", "code", "success", "seconds", "unit", "model", "version");
        String success = node.get("success").text();
        try {
            Pattern.compile(success);
        } catch (PatternSyntaxException e) {
            throw node.get("success").wrong("'" + success + "' is no regular expression: " + e.getDescription());
        }
        Optional<String> seconds = node.findText("seconds");
        return new SeriesNames(
                "",
                node.get("requests").text(),
                node.get("code").text(),
                success,
                seconds.orElse(""),
                node.find("unit").map(MetricsSection::unit).orElse(1.0),
                node.findText("model").orElse("model"),
                node.findText("version").orElse("version"),
                false);
    }

    private static double unit(ConfigNode node) {
        return switch (node.text()) {
            case "s" -> 1;
            case "ms" -> 1e-3;
            case "us" -> 1e-6;
            default -> throw node.wrong("'" + node.text() + "' is not known", "Use s, ms or us.");
        };
    }
}
