package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import io.mldelivery.rollout.plan.PlanText;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The plan as a step's arguments say: a file in the workspace, the plan itself as text or map, and in both cases perhaps another
 * strategy or other weights. Kept in the Pipeline's program state.
 */
final class PlanArgument implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String INLINE = "the step's plan";

    /** Empty: {@code rollout.yaml} if it is there, else the default plan. */
    private final String plan;

    private final String strategy;
    private final ArrayList<Integer> weights;
    private final ArrayList<String> pauses;

    PlanArgument(String plan, String strategy, List<Integer> weights, List<String> pauses) {
        this.plan = plan;
        this.strategy = strategy;
        this.weights = new ArrayList<>(weights);
        this.pauses = new ArrayList<>(pauses);
    }

    /** No plan at all, for a return. */
    static PlanArgument none() {
        return new PlanArgument("", "", List.of(), List.of());
    }

    /** A file's name, or a plan as text or map. */
    static String textOf(Object plan) {
        return plan instanceof Map<?, ?> map ? PlanText.of(map) : plan == null ? "" : plan.toString();
    }

    /** Texts from a list, or from one text with commas. */
    static List<String> list(Object value) {
        List<String> all = new ArrayList<>();
        if (value instanceof Iterable<?> many) {
            many.forEach(one -> all.add(String.valueOf(one).trim()));
        } else if (value != null) {
            for (String one : value.toString().split(",")) {
                all.add(one.trim());
            }
        }
        all.removeIf(String::isEmpty);
        return all;
    }

    static List<Integer> numbers(List<String> texts) throws AbortException {
        List<Integer> all = new ArrayList<>();
        for (String text : texts) {
            try {
                all.add(Integer.valueOf(text));
            } catch (NumberFormatException e) {
                throw new AbortException("canaryDeploy: weight '" + text + "' is no whole number"
                        + System.lineSeparator() + "Write weights such as [10, 50, 100].");
            }
        }
        return all;
    }

    private boolean isInline() {
        return plan.contains("\n") || plan.contains(": ");
    }

    private boolean isDefault(Path workspace) {
        return plan.isEmpty() && !Files.exists(workspace.resolve(CanaryDeployStep.DescriptorImpl.DEFAULT_PLAN));
    }

    private String file() {
        return plan.isEmpty() ? CanaryDeployStep.DescriptorImpl.DEFAULT_PLAN : plan;
    }

    /** The plan's name, for messages. */
    String source(Path workspace) {
        if (isInline()) {
            return INLINE;
        }
        return isDefault(workspace) ? PlanText.DEFAULT_NAME : file();
    }

    String text(Path workspace) {
        return PlanText.with(source(workspace), base(workspace), OnAgent.present(strategy), weights, pauses);
    }

    private String base(Path workspace) {
        if (isInline()) {
            return plan;
        }
        return isDefault(workspace) ? PlanText.DEFAULT : OnAgent.text(workspace.resolve(file()), file());
    }
}
