package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.rollout.control.Deployment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The Role that a rollout needs, no wider than its template and router make necessary. */
public final class AccessRules {
    private static final Set<String> WATCHED = Set.of("Deployment", "HorizontalPodAutoscaler", "Service");

    private AccessRules() {}

    /**
     * One rule of a Role.
     *
     * @param group the API group; empty for the core
     * @param resource its plural
     */
    public record Rule(String group, String resource, List<String> verbs) {}

    /**
     * Role, ServiceAccount and RoleBinding as YAML.
     *
     * @param router the router's rules
     * @param account the service account's name
     */
    public static String of(
            String template, String source, String namespace, String target, List<Rule> router, String account) {
        var yaml = new StringBuilder("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: " + account
                + ", namespace: " + namespace + "}\n---\n" + role(template, source, namespace, target, router));
        return yaml.append(
                        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: mldelivery-")
                .append(target)
                .append(", namespace: ")
                .append(namespace)
                .append("}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: mldelivery-")
                .append(target)
                .append("}\nsubjects: [{kind: ServiceAccount, name: ")
                .append(account)
                .append(", namespace: ")
                .append(namespace)
                .append("}]\n")
                .toString();
    }

    private static String role(String template, String source, String namespace, String target, List<Rule> router) {
        var yaml =
                new StringBuilder("apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: mldelivery-"
                        + target + ", namespace: " + namespace + "}\nrules:\n");
        for (Rule rule : rules(template, source, namespace, target, router)) {
            yaml.append("- {apiGroups: [\"")
                    .append(rule.group())
                    .append("\"], resources: [\"")
                    .append(rule.resource())
                    .append("\"], verbs: [")
                    .append(String.join(", ", rule.verbs()))
                    .append("]}\n");
        }
        return yaml.toString();
    }

    static List<Rule> rules(String template, String source, String namespace, String target, List<Rule> router) {
        Map<String, TreeSet<String>> verbs = new TreeMap<>();
        add(verbs, "/configmaps", "get", "list", "watch", "create", "patch", "delete");
        add(verbs, "/pods", "list", "watch");
        for (JsonNode manifest : new Template(source, template, target, namespace, workload(template))
                .manifests(new Deployment("m", "1", "1"))) {
            add(verbs, resource(manifest), "create", "patch", "delete");
            if (WATCHED.contains(manifest.path("kind").asText())) {
                add(verbs, resource(manifest), "list", "watch");
            }
        }
        router.forEach(rule ->
                add(verbs, rule.group() + "/" + rule.resource(), rule.verbs().toArray(String[]::new)));
        List<Rule> rules = new ArrayList<>();
        verbs.forEach((resource, all) -> rules.add(new Rule(
                resource.substring(0, resource.indexOf('/')),
                resource.substring(resource.indexOf('/') + 1),
                List.copyOf(all))));
        return rules;
    }

    private static String workload(String template) {
        return Arrays.stream(Delegate.values())
                .map(Delegate::workload)
                .filter(kind -> template.lines().anyMatch(line -> line.matches("kind:\\s*" + kind + "\\s*")))
                .findFirst()
                .orElse("Deployment");
    }

    private static void add(Map<String, TreeSet<String>> verbs, String resource, String... more) {
        verbs.computeIfAbsent(resource, any -> new TreeSet<>()).addAll(List.of(more));
    }

    /** Kinds become plurals as the API's own do. */
    private static String resource(JsonNode manifest) {
        String version = manifest.path("apiVersion").asText();
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        String kind = manifest.path("kind").asText().toLowerCase(Locale.ROOT);
        String plural = kind.endsWith("y")
                ? kind.substring(0, kind.length() - 1) + "ies"
                : kind.endsWith("s") ? kind + "es" : kind + "s";
        return group + "/" + plural;
    }
}
