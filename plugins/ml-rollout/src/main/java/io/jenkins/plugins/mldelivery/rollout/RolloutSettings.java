package io.jenkins.plugins.mldelivery.rollout;

import java.io.Serializable;

/** A step's arguments, checked; kept in the Pipeline's program state. */
final class RolloutSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether an earlier version is returned to instead of a new one rolled out. */
    final boolean returns;

    final String model;
    /** The version to return to; empty: the one before. Only for a return. */
    final String version;

    final PlanArgument plan;
    final Place place;
    final String replay;
    final String drill;
    final boolean waits;

    /** Where. */
    static final class Place implements Serializable {
        private static final long serialVersionUID = 1L;

        /** The target's name on the agent; empty: the model's name. */
        final String name;
        /** A file in the workspace that describes the target; empty: it is on the agent. */
        final String file;

        private Place(String name, String file) {
            this.name = name;
            this.file = file;
        }

        static Place onAgent(String name) {
            return new Place(name, "");
        }

        static Place described(String file) {
            return new Place("", file);
        }
    }

    private RolloutSettings(
            boolean returns,
            String model,
            String version,
            PlanArgument plan,
            Place place,
            String replay,
            String drill,
            boolean waits) {
        this.returns = returns;
        this.model = model;
        this.version = version;
        this.plan = plan;
        this.place = place;
        this.replay = replay;
        this.drill = drill;
        this.waits = waits;
    }

    /**
     * Rolls a version out.
     *
     * @param replay empty: as the plan says
     * @param drill empty: none
     * @param waits whether to wait while another rollout is under way on the target
     */
    static RolloutSettings forward(
            String model, PlanArgument plan, Place place, String replay, String drill, boolean waits) {
        return new RolloutSettings(false, model, "", plan, place, replay, drill, waits);
    }

    /** Returns to an earlier version. */
    static RolloutSettings back(String model, String version, Place place) {
        return new RolloutSettings(true, model, version, PlanArgument.none(), place, "", "", false);
    }
}
