package io.jenkins.plugins.mldelivery.rollout;

import hudson.AbortException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The argument {@code group} of {@code canaryDeploy}: for each member a map of the arguments in which it differs. */
final class GroupArgument {
    private static final Set<String> KEYS =
            new TreeSet<>(Set.of("model", "plan", "strategy", "weights", "pauses", "target", "replay", "drill"));

    private GroupArgument() {}

    /** A member as the script has it; something else than a map is a model. */
    static LinkedHashMap<String, Object> member(Object member) {
        LinkedHashMap<String, Object> arguments = new LinkedHashMap<>();
        if (member instanceof Map<?, ?> map) {
            map.forEach((key, value) -> arguments.put(String.valueOf(key), plain(String.valueOf(key), value)));
        } else {
            arguments.put("model", String.valueOf(member));
        }
        return arguments;
    }

    /** Nothing of the script's own kinds, which could not be kept. */
    private static Object plain(String key, Object value) {
        if (key.equals("plan")) {
            return PlanArgument.textOf(value);
        }
        return value instanceof Iterable<?> ? new ArrayList<>(PlanArgument.list(value)) : String.valueOf(value);
    }

    /** One step for each member; what a member does not say is as the step says. */
    static List<CanaryDeployStep> steps(CanaryDeployStep step, List<LinkedHashMap<String, Object>> members)
            throws AbortException {
        if (members.size() < 2) {
            throw new AbortException("canaryDeploy: a group has two members or more, this one has " + members.size()
                    + System.lineSeparator() + "Write group: [[model: ..., target: ...], [model: ..., target: ...]].");
        }
        List<CanaryDeployStep> steps = new ArrayList<>();
        for (Map<String, Object> member : members) {
            for (String key : member.keySet()) {
                refuseUnknown(key);
            }
            steps.add(of(step, member));
        }
        return steps;
    }

    private static void refuseUnknown(String key) throws AbortException {
        if (!KEYS.contains(key)) {
            throw new AbortException("canaryDeploy: group: unknown key '" + key + "'" + System.lineSeparator()
                    + "Known are " + String.join(", ", KEYS) + ".");
        }
    }

    private static CanaryDeployStep of(CanaryDeployStep step, Map<String, Object> member) {
        var one = new CanaryDeployStep();
        one.setModel(text(member, "model", step.getModel()));
        one.setPlan(member.getOrDefault("plan", step.getPlan()));
        one.setStrategy(text(member, "strategy", step.getStrategy()));
        one.setWeights(member.getOrDefault("weights", step.getWeights()));
        one.setPauses(member.getOrDefault("pauses", step.getPauses()));
        one.setTarget(text(member, "target", step.getTarget()));
        one.setReplay(text(member, "replay", step.getReplay()));
        one.setDrill(text(member, "drill", step.getDrill()));
        one.setWaitForTarget(step.isWaitForTarget());
        return one;
    }

    private static String text(Map<String, Object> member, String key, String otherwise) {
        return member.containsKey(key) ? String.valueOf(member.get(key)) : otherwise;
    }
}
