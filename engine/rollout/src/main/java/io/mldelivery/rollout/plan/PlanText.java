package io.mldelivery.rollout.plan;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Makes the text of a plan from what a Pipeline says in place of a file, or besides one. Pure. */
public final class PlanText {
    /** What the default plan is called where a file's name would stand. */
    public static final String DEFAULT_NAME = "the default plan";

    /** The plan of a rollout that names none: a twentieth of the traffic first, promoted within three minutes if all is well. */
    public static final String DEFAULT = """
            strategy: canary
            steps:
            - {weight: 5, pause: 20s, requests: 100}
            - {weight: 25, pause: 20s, requests: 200}
            - {weight: 50, pause: 20s, requests: 200}
            - {weight: 100, pause: 20s, requests: 200}
            analysis:
              successRate: {min: 0.95, compare: true}
              latency: {quantile: 0.99, ratio: 2}
            """;

    private PlanText() {}

    /** A plan as a map of texts, numbers, lists and maps. */
    public static String of(Map<?, ?> plan) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
        return new Yaml(options).dump(plain(plan));
    }

    /** Scripts have texts of their own kinds. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((key, one) -> all.put(String.valueOf(key), plain(one)));
            return all;
        }
        if (value instanceof Iterable<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(one -> all.add(plain(one)));
            return all;
        }
        boolean isPlain = value == null || value instanceof Number || value instanceof Boolean;
        return isPlain ? value : value.toString();
    }

    /**
     * A plan with another strategy, or other steps.
     *
     * @param source the plan's name, for messages
     * @param weights empty: the plan's own steps
     * @param pauses one for each weight, one for all, or none
     */
    public static String with(
            String source, String plan, Optional<String> strategy, List<Integer> weights, List<String> pauses) {
        if (strategy.isEmpty() && weights.isEmpty() && pauses.isEmpty()) {
            return plan;
        }
        Map<String, Object> all = parse(source, plan);
        strategy.ifPresent(name -> all.put("strategy", name));
        if (!weights.isEmpty()) {
            List.of("steps", "ramp", "batches").forEach(all::remove);
            all.put("steps", steps(weights, pauses));
        } else if (!pauses.isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG, "pauses without weights", "Add weights, such as weights: [10, 50, 100].");
        }
        return of(all);
    }

    private static List<Object> steps(List<Integer> weights, List<String> pauses) {
        if (pauses.size() > 1 && pauses.size() != weights.size()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    weights.size() + " weights have " + pauses.size() + " pauses",
                    "Write one pause for each weight, or one for all.");
        }
        List<Object> steps = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            Map<String, Object> step = new LinkedHashMap<>();
            step.put("weight", weights.get(i));
            if (!pauses.isEmpty()) {
                step.put("pause", pauses.get(pauses.size() == 1 ? 0 : i));
            }
            steps.add(step);
        }
        return steps;
    }

    private static Map<String, Object> parse(String source, String plan) {
        try {
            Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(plan);
            if (read instanceof Map<?, ?> map) {
                Map<String, Object> all = new LinkedHashMap<>();
                map.forEach((key, value) -> all.put(String.valueOf(key), value));
                return all;
            }
            throw new DeliveryException(Code.CONFIG, source + ": no map of keys", "Write a plan, or leave it out.");
        } catch (YAMLException e) {
            throw new DeliveryException(
                    Code.CONFIG,
                    source + ": not valid YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "Correct the plan.",
                    e);
        }
    }
}
