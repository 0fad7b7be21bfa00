package io.mldelivery.rollout.control;

import io.mldelivery.rollout.machine.Effect;
import io.mldelivery.rollout.plan.RolloutPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Performs effects on the target and in the registry. */
final class Performer {
    private static final int WARM_UP_REQUESTS = 50;

    private final RolloutTarget target;
    private final ModelRegistry registry;
    private final RolloutPlan plan;

    Performer(RolloutTarget target, ModelRegistry registry, RolloutPlan plan) {
        this.target = target;
        this.registry = registry;
        this.plan = plan;
    }

    void perform(Effect effect, Journal journal) {
        RolloutOrder order = journal.order;
        String model = order.candidate().model();
        if (effect instanceof Effect.StartCandidate) {
            target.ensure(order.candidate(), order.drill());
        } else if (effect instanceof Effect.WarmCandidate) {
            journal.warmed = target.warm(order.candidate(), warmUp(order));
        } else if (effect instanceof Effect.EnsureStable) {
            order.stable().ifPresent(stable -> target.ensure(stable, Optional.empty()));
        } else if (effect instanceof Effect.SetWeight set) {
            target.split(order.candidate(), order.stable(), Split.of(plan, set.percent()));
        } else if (effect instanceof Effect.StopStable) {
            order.stable().ifPresent(stable -> target.stop(stable, plan.drain()));
        } else if (effect instanceof Effect.StopCandidate) {
            target.stop(order.candidate(), plan.drain());
        } else if (effect instanceof Effect.MoveAlias) {
            journal.aliasTouched = true;
            registry.champion(model, Optional.of(order.candidate().version()));
        } else if (effect instanceof Effect.RestoreAlias) {
            registry.champion(model, order.championBefore());
        }
    }

    private static List<String> warmUp(RolloutOrder order) {
        if (order.replay().isEmpty()) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(Path.of(order.replay().get()))) {
            return lines.filter(line -> !line.isBlank()).limit(WARM_UP_REQUESTS).toList();
        } catch (IOException e) {
            throw new io.mldelivery.model.DeliveryException(
                    io.mldelivery.model.DeliveryException.Code.DATA,
                    "cannot read the requests to replay: " + order.replay().get() + ": " + e.getMessage(),
                    "Check the plan's key replay.",
                    e);
        }
    }
}
