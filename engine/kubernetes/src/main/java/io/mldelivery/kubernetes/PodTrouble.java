package io.mldelivery.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what keeps a pod from ever serving, long before a deadline would say so. Pure. */
public final class PodTrouble {
    private static final Set<String> HOPELESS = Set.of(
            "CrashLoopBackOff",
            "ImagePullBackOff",
            "ErrImagePull",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");
    private static final int MOST_RESTARTS = 2;
    private static final int LAST_WORDS = 2;

    private PodTrouble() {}

    /** The first trouble among these pods, in the cluster's words, if at least half of them are in trouble. */
    public static Optional<String> in(List<JsonNode> pods) {
        List<String> all =
                pods.stream().map(PodTrouble::in).flatMap(Optional::stream).toList();
        return all.size() * 2 >= pods.size() ? all.stream().findFirst() : Optional.empty();
    }

    /** What keeps this pod from serving; empty when it serves or may yet. */
    public static Optional<String> in(JsonNode pod) {
        String name = pod.path("metadata").path("name").asText();
        for (JsonNode container : pod.path("status").path("containerStatuses")) {
            Optional<String> trouble = container(container);
            if (trouble.isPresent()) {
                return trouble.map(text -> "pod " + name + ": " + text);
            }
        }
        if (pod.path("status").path("phase").asText().equals("Failed")) {
            return Optional.of("pod " + name + " failed: "
                    + pod.path("status").path("reason").asText("no reason given") + " "
                    + pod.path("status").path("message").asText(""));
        }
        return unschedulable(pod).map(text -> "pod " + name + " cannot be scheduled: " + text);
    }

    private static Optional<String> container(JsonNode container) {
        JsonNode waiting = container.path("state").path("waiting");
        String reason = waiting.path("reason").asText();
        if (HOPELESS.contains(reason)) {
            return Optional.of(reason + ": " + waiting.path("message").asText("no message"));
        }
        JsonNode crashed = container.path("state").path("terminated");
        if (crashed.path("exitCode").asInt() != 0) {
            return Optional.of(ended(crashed));
        }
        JsonNode ended = container.path("lastState").path("terminated");
        if (ended.path("reason").asText().equals("OOMKilled")) {
            return Optional.of("a container was killed for using more memory than its limit");
        }
        if (ended.path("exitCode").asInt() != 0) {
            return Optional.of(ended(ended) + " and was started again");
        }
        int restarts = container.path("restartCount").asInt();
        return restarts > MOST_RESTARTS
                ? Optional.of("a container ended and was started again " + restarts + " times")
                : Optional.empty();
    }

    /** The message is what the container left: with {@code FallbackToLogsOnError} the end of its log. */
    private static String ended(JsonNode terminated) {
        List<String> words = terminated
                .path("message")
                .asText("")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String last = String.join(" ", words.subList(Math.max(0, words.size() - LAST_WORDS), words.size()));
        return "a container ended with exit code " + terminated.path("exitCode").asInt() + " ("
                + terminated.path("reason").asText("no reason given") + ")" + (last.isEmpty() ? "" : ": " + last);
    }

    private static Optional<String> unschedulable(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("PodScheduled")
                    && condition.path("reason").asText().equals("Unschedulable")) {
                return Optional.of(condition.path("message").asText());
            }
        }
        return Optional.empty();
    }
}
