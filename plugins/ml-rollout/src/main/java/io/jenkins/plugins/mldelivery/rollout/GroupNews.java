package io.jenkins.plugins.mldelivery.rollout;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** How a group of rollouts stands; travels from the agent and is kept in the Pipeline's program state. */
final class GroupNews implements Serializable {
    private static final long serialVersionUID = 1L;

    final ArrayList<RolloutNews> members;
    /** For each member, whether it returns to what served before. */
    final ArrayList<Boolean> returns;

    final boolean finished;
    final String outcome;
    /** What is waited for before the rollouts can begin; empty when they have begun. */
    final String waitsFor;

    GroupNews(List<RolloutNews> members, List<Boolean> returns, boolean finished, String outcome) {
        this(members, returns, finished, outcome, "");
    }

    private GroupNews(
            List<RolloutNews> members, List<Boolean> returns, boolean finished, String outcome, String waitsFor) {
        this.members = new ArrayList<>(members);
        this.returns = new ArrayList<>(returns);
        this.finished = finished;
        this.outcome = outcome;
        this.waitsFor = waitsFor;
    }

    /** A target is not free yet; nothing has begun. */
    static GroupNews waits(String why) {
        return new GroupNews(List.of(), List.of(), false, "INCONCLUSIVE", why);
    }

    long intervalMillis() {
        return members.stream().mapToLong(member -> member.intervalMillis).min().orElse(1_000);
    }

    /** One sentence: of a group that went back, why the first one did. */
    String reason() {
        if (outcome.equals("PASS")) {
            return members.stream().map(member -> member.targetName).collect(Collectors.joining(", "))
                    + " serve their new versions";
        }
        return members.stream()
                .filter(member -> !member.outcome.equals("PASS") && !member.reason.contains("aborted by request"))
                .findFirst()
                .or(() -> members.stream()
                        .filter(member -> !member.outcome.equals("PASS"))
                        .findFirst())
                .map(member -> member.targetName + ": " + member.reason)
                .orElse("the group went back");
    }

    LinkedHashMap<String, Integer> weights() {
        LinkedHashMap<String, Integer> weights = new LinkedHashMap<>();
        for (RolloutNews member : members) {
            member.weights.forEach((version, percent) -> weights.put(member.targetName + "/" + version, percent));
        }
        return weights;
    }
}
