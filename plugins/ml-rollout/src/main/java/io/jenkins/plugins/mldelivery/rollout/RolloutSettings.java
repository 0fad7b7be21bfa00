package io.jenkins.plugins.mldelivery.rollout;

import java.io.Serializable;

/** The step's arguments, checked; kept in the Pipeline's program state. */
final class RolloutSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    final String model;
    final String plan;
    final String targetName;
    final String replay;
    final String drill;

    /**
     * @param targetName the target's name on the agent; empty: the model's name
     * @param replay empty: as the plan says
     * @param drill empty: none
     */
    RolloutSettings(String model, String plan, String targetName, String replay, String drill) {
        this.model = model;
        this.plan = plan;
        this.targetName = targetName;
        this.replay = replay;
        this.drill = drill;
    }
}
