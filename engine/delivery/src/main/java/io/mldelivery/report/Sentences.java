package io.mldelivery.report;

import static io.mldelivery.report.Facts.find;
import static io.mldelivery.report.Facts.number;
import static io.mldelivery.report.Facts.numbers;
import static io.mldelivery.report.Facts.seconds;
import static io.mldelivery.report.Facts.text;

import com.fasterxml.jackson.databind.JsonNode;

/** One sentence for each kind of event, with the numbers that matter. */
final class Sentences {
    private static final int METRICS = 4;
    private static final int SHORT = 8;

    private Sentences() {}

    static String training(JsonNode data) {
        if (find(data, "reason").isPresent() && !"PASS".equals(Facts.outcome(data))) {
            return text(data, "reason");
        }
        String metrics = numbers(data.path("metrics"), METRICS);
        return (data.path("cached").asBoolean() ? cached(data) : trained(data))
                + (metrics.isEmpty() ? "." : ": " + metrics + ".");
    }

    private static String cached(JsonNode data) {
        return "Not trained again: run " + shortened(text(data, "runId")) + " had the same inputs";
    }

    private static String shortened(String id) {
        return id.length() <= SHORT ? id : id.substring(0, SHORT) + "…";
    }

    private static String trained(JsonNode data) {
        return "Trained " + text(data, "script")
                + seconds(data, "durationSeconds").map(time -> " in " + time).orElse("")
                + find(data, "seed").map(seed -> " with seed " + seed).orElse("");
    }

    static String judged(JsonNode data) {
        return find(data, "reason").orElse("The evidence holds no reason.");
    }

    static String registered(JsonNode data) {
        boolean known =
                data.path("created").isBoolean() && !data.path("created").asBoolean();
        return text(data, "name") + " version " + text(data, "version")
                + (known ? " was registered already" : " registered")
                + find(data, "alias").map(alias -> ", alias " + alias).orElse("") + ".";
    }

    static String rollout(JsonNode rollout, boolean buildFinished) {
        JsonNode finished = rollout.path("finished");
        if (!finished.isMissingNode()) {
            return judged(finished);
        }
        JsonNode steps = rollout.path("steps");
        String state = steps.isEmpty() ? "started" : stateOf(steps.get(steps.size() - 1));
        return buildFinished
                ? "The rollout did not end; the last known state is: " + state + "."
                : "Now: " + state + ".";
    }

    private static String stateOf(JsonNode step) {
        return text(step, "state")
                + (step.path("weight").isNumber() ? " at " + number(step.path("weight")) + " %" : "");
    }
}
