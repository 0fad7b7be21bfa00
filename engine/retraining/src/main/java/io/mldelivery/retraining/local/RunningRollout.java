package io.mldelivery.retraining.local;

import io.mldelivery.evidence.EvidenceEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether a build's evidence tells of a rollout that has begun and not ended. */
public final class RunningRollout {
    private RunningRollout() {}

    /** {@code model} is the registered model's name. */
    public static boolean of(List<EvidenceEvent> events, String model) {
        Set<String> open = new HashSet<>();
        for (EvidenceEvent event : events) {
            String id = event.data().path("id").asText();
            switch (event.type()) {
                case "rollout.started" -> {
                    if (event.data().at("/model/name").asText().equals(model)) {
                        open.add(id);
                    }
                }
                case "rollout.finished" -> open.remove(id);
                case "build.finished" -> open.clear();
                default -> {
                    // says nothing of rollouts
                }
            }
        }
        return !open.isEmpty();
    }
}
