package io.mldelivery.rollout.machine;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Something to be done to the target. Doing it twice is the same as doing it once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "effect")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Effect.StartCandidate.class, name = "start-new"),
    @JsonSubTypes.Type(value = Effect.WarmCandidate.class, name = "warm-new"),
    @JsonSubTypes.Type(value = Effect.EnsureStable.class, name = "ensure-old"),
    @JsonSubTypes.Type(value = Effect.SetWeight.class, name = "set-weight"),
    @JsonSubTypes.Type(value = Effect.StopStable.class, name = "stop-old"),
    @JsonSubTypes.Type(value = Effect.StopCandidate.class, name = "stop-new"),
    @JsonSubTypes.Type(value = Effect.MoveAlias.class, name = "move-alias"),
    @JsonSubTypes.Type(value = Effect.RestoreAlias.class, name = "restore-alias")
})
public sealed interface Effect {
    /** Fetch the new version's model and start its serving process beside the old one. */
    record StartCandidate() implements Effect {}

    /** Send warm-up requests to the new version, past the router. */
    record WarmCandidate() implements Effect {}

    /** Have the old version's process running. */
    record EnsureStable() implements Effect {}

    /** Give the new version this share of the requests, 0 to 100 percent, and the old one the rest. */
    record SetWeight(int percent) implements Effect {}

    /** Let the old version answer what it has, then stop it. */
    record StopStable() implements Effect {}

    /** Let the new version answer what it has, then stop it. */
    record StopCandidate() implements Effect {}

    /** Call the new version champion in the registry. */
    record MoveAlias() implements Effect {}

    /** Call the old version champion again. */
    record RestoreAlias() implements Effect {}
}
