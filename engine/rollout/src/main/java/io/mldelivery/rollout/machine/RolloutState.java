package io.mldelivery.rollout.machine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** Where a rollout stands. Each state knows what it waits for and what follows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Preparing.class, name = "preparing"),
    @JsonSubTypes.Type(value = Warming.class, name = "warming"),
    @JsonSubTypes.Type(value = Shifting.class, name = "shifting"),
    @JsonSubTypes.Type(value = Observing.class, name = "observing"),
    @JsonSubTypes.Type(value = Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = Promoting.class, name = "promoting"),
    @JsonSubTypes.Type(value = Promoted.class, name = "promoted"),
    @JsonSubTypes.Type(value = RollingBack.class, name = "rolling-back"),
    @JsonSubTypes.Type(value = RolledBack.class, name = "rolled-back"),
    @JsonSubTypes.Type(value = Failed.class, name = "failed")
})
public sealed interface RolloutState
        permits Preparing, Warming, Shifting, Observing, Paused, Promoting, Promoted, RollingBack, RolledBack, Failed {

    /** One word, as it stands in logs and evidence. */
    @JsonIgnore
    String label();

    /** Whether nothing follows. */
    @JsonIgnore
    default boolean isFinal() {
        return false;
    }

    /** What follows; called by {@link RolloutMachine} after it looked for what ends any state. */
    Transition next(Situation situation, Observation seen, Instant now);
}
