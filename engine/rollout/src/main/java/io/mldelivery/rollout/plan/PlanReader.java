package io.mldelivery.rollout.plan;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.rollout.plan.Assignment.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads and checks a plan; every complaint names the file, the line and the column. */
final class PlanReader {
    private static final Duration LONGEST_FREEZE = Duration.ofDays(31);
    private static final Duration A_DAY = Duration.ofDays(1);

    private final ConfigNode root;

    PlanReader(ConfigNode root) {
        this.root = root;
    }

    RolloutPlan read() {
        root.rejectUnknownKeys(
                "strategy",
                "steps",
                "ramp",
                "batches",
                "assign",
                "analysis",
                "bake",
                "promotion",
                "deadline",
                "drain",
                "freeze",
                "onInconclusive",
                "replay",
                "rate",
                "notify");
        Strategy strategy =
                root.find("strategy").map(node -> node.choice(Strategy.class)).orElse(Strategy.CANARY);
        Optional<Assignment> assignment = assignment(strategy);
        return new RolloutPlan(
                strategy,
                new StepsReader(root, strategy, assignment).read(),
                new AnalysisReader(root.get("analysis")).read(),
                root.findDuration("bake").orElse(Duration.ZERO),
                positive("deadline", Duration.ofMinutes(30)),
                root.findDuration("drain").orElse(Duration.ofSeconds(10)),
                root.find("onInconclusive")
                        .map(node -> node.choice(OnInconclusive.class))
                        .orElse(OnInconclusive.ROLLBACK),
                root.findText("replay"),
                rate(),
                assignment,
                root.find("promotion").map(PlanReader::promotion).orElse(Promotion.AUTOMATIC),
                all("freeze", PlanReader::freeze),
                all("notify", PlanReader::notification));
    }

    private <T> List<T> all(String key, Function<ConfigNode, T> read) {
        return root.find(key)
                .map(list -> list.items().stream().map(read).toList())
                .orElse(List.of());
    }

    private Optional<Assignment> assignment(Strategy strategy) {
        Optional<ConfigNode> node = root.find("assign");
        if (strategy == Strategy.AB && node.isEmpty()) {
            throw root.wrong(
                    "strategy ab does not say who gets the new version",
                    "Add assign: {header: X-Group, value: b}, assign: {cookie: group, value: b} or assign: {hash: X-User}.");
        }
        if (strategy != Strategy.AB && node.isPresent()) {
            throw node.get().wrong("only strategy ab assigns users", "Leave it out, or use strategy: ab.");
        }
        return node.map(PlanReader::assignment);
    }

    private static Assignment assignment(ConfigNode node) {
        node.rejectUnknownKeys("header", "cookie", "hash", "value");
        List<Kind> kinds = List.of(Kind.values()).stream()
                .filter(kind -> node.find(key(kind)).isPresent())
                .toList();
        if (kinds.size() != 1) {
            throw node.wrong("exactly one of header, cookie and hash is needed");
        }
        Kind kind = kinds.get(0);
        Optional<String> value = node.findText("value");
        if ((kind == Kind.HASH) == value.isPresent()) {
            throw node.wrong(kind == Kind.HASH ? "hash takes no value" : key(kind) + " needs a value");
        }
        String name = node.get(key(kind)).text();
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            throw node.get(key(kind)).wrong("'" + name + "' cannot name a header or cookie");
        }
        return new Assignment(kind, name, value);
    }

    private static String key(Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static Promotion promotion(ConfigNode node) {
        if (!node.isMap()) {
            Promotion.Kind kind = node.choice(Promotion.Kind.class);
            if (kind == Promotion.Kind.TIMED) {
                throw node.wrong("timed needs a time", "Write promotion: {after: 2h}.");
            }
            return new Promotion(kind, A_DAY);
        }
        node.rejectUnknownKeys("after", "within");
        if (node.keys().size() != 1) {
            throw node.wrong("exactly one of after (timed) and within (manual) is needed");
        }
        return node.findDuration("after")
                .map(time -> new Promotion(Promotion.Kind.TIMED, time))
                .orElseGet(() ->
                        new Promotion(Promotion.Kind.MANUAL, node.get("within").duration()));
    }

    private static FreezeWindow freeze(ConfigNode node) {
        node.rejectUnknownKeys("cron", "for", "zone");
        Duration length = node.get("for").duration();
        if (length.isZero() || length.compareTo(LONGEST_FREEZE) > 0) {
            throw node.get("for").wrong("must be more than 0 and at most 31d");
        }
        try {
            return new FreezeWindow(Cron.parse(node.get("cron").text()), length, zone(node));
        } catch (IllegalArgumentException e) {
            throw node.get("cron").wrong(e.getMessage());
        }
    }

    private static ZoneId zone(ConfigNode node) {
        try {
            return ZoneId.of(node.get("zone").text());
        } catch (DateTimeException e) {
            throw node.get("zone")
                    .wrong(
                            "'" + node.get("zone").text() + "' is no time zone",
                            "Write one such as Europe/Berlin or UTC.");
        }
    }

    private static Notification notification(ConfigNode node) {
        node.rejectUnknownKeys("mail", "url", "urlVariable", "format", "events");
        if (Stream.of("mail", "url", "urlVariable")
                        .filter(key -> node.find(key).isPresent())
                        .count()
                != 1) {
            throw node.wrong("exactly one of url, urlVariable and mail is needed");
        }
        if (node.find("mail").isPresent() && node.find("format").isPresent()) {
            throw node.get("format").wrong("a mail has no format", "Leave it out.");
        }
        return new Notification(
                node.find("mail").map(PlanReader::mail),
                node.find("url").map(PlanReader::address),
                node.findText("urlVariable"),
                node.find("format")
                        .map(format -> format.choice(Notification.Format.class))
                        .orElse(Notification.Format.JSON),
                node.find("events")
                        .map(events -> events.choice(Notification.Occasion.class))
                        .orElse(Notification.Occasion.END));
    }

    private static String mail(ConfigNode node) {
        for (String one : node.text().split(",")) {
            if (!one.trim().matches("[^@\\s]+@[^@\\s]+")) {
                throw node.wrong("'" + one.trim() + "' is no mail address");
            }
        }
        return node.text();
    }

    static String address(ConfigNode node) {
        if (!node.text().matches("https?://\\S+")) {
            throw node.wrong("'" + node.text() + "' is no http or https address");
        }
        return node.text();
    }

    private Duration positive(String key, Duration otherwise) {
        Duration value = root.findDuration(key).orElse(otherwise);
        if (value.isZero()) {
            throw root.get(key).wrong("must be more than 0");
        }
        return value;
    }

    private double rate() {
        double rate = root.findNumber("rate").orElse(20);
        if (!(rate > 0 && rate <= 10_000)) {
            throw root.get("rate").wrong("must be more than 0 and at most 10000 requests a second, got " + rate);
        }
        return rate;
    }
}
