package io.mldelivery.rollout.control;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened, once.
 *
 * @param sequence its number within the rollout, from 1
 * @param type evidence type, such as {@code rollout.step}
 * @param text one line for the log
 * @param data the facts for the evidence
 */
public record RolloutEvent(int sequence, String at, String type, String text, Map<String, Object> data) {
    public RolloutEvent {
        data = new LinkedHashMap<>(data);
    }
}
