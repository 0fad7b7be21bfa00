package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.control.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The manifests of one version: YAML documents with {@code ${name}} (of the version's objects), {@code ${model}},
 * {@code ${version}} and {@code ${namespace}} in them. Exactly one has the pods, a Deployment as a rule. Every object gets our labels, by which it
 * is found and removed.
 */
final class Template {
    static final String TARGET_LABEL = "mldelivery.io/target";
    /** Selects all objects that we manage. */
    static final String OURS = "app.kubernetes.io/managed-by=mldelivery";

    static final String KEY_LABEL = "mldelivery.io/key";
    /** Their controllers pass the object's own labels on to what they make. */
    private static final Set<String> KINDS_OF_MODELS = Set.of("InferenceService", "Model");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String source;
    private final String text;
    private final String target;
    private final String namespace;
    private final String workload;

    Template(String source, String text, String target, String namespace) {
        this(source, text, target, namespace, "Deployment");
    }

    /** @param workload the kind of the one object that has the pods */
    Template(String source, String text, String target, String namespace, String workload) {
        this.source = source;
        this.text = text;
        this.target = target;
        this.namespace = namespace;
        this.workload = workload;
    }

    /** Another text for the same target. */
    Template with(String otherSource, String otherText) {
        return new Template(otherSource, otherText, target, namespace, workload);
    }

    String text() {
        return text;
    }

    /** The kind of the one object that has the pods. */
    String workload() {
        return workload;
    }

    /** What the objects of a version are called. */
    String name(Deployment deployment) {
        return (target + "-" + deployment.key())
                .toLowerCase(java.util.Locale.ROOT)
                .replace('_', '-');
    }

    List<JsonNode> manifests(Deployment deployment) {
        List<JsonNode> all = new ArrayList<>();
        for (Object document : documents(filled(deployment))) {
            ObjectNode manifest = JSON.valueToTree(document);
            label(manifest, deployment);
            all.add(manifest);
        }
        if (all.stream().filter(this::isWorkload).count() != 1) {
            throw new DeliveryException(
                    Code.CONFIG,
                    source + ": exactly one " + workload + " is needed",
                    workload.equals("Deployment")
                            ? "Put the serving Deployment and its Service, named ${name}, into the template."
                            : "Put the " + workload + " of one version into the template.");
        }
        return all;
    }

    /** Whether this is the object that has the pods. */
    boolean isWorkload(JsonNode manifest) {
        return manifest.path("kind").asText().equals(workload);
    }

    static boolean isDeployment(JsonNode manifest) {
        return manifest.path("kind").asText().equals("Deployment");
    }

    private List<Object> documents(String filled) {
        try {
            List<Object> documents = new ArrayList<>();
            for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(filled)) {
                if (document instanceof Map) {
                    documents.add(document);
                }
            }
            return documents;
        } catch (YAMLException e) {
            throw new DeliveryException(
                    Code.CONFIG,
                    source + ": not valid YAML: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    "Correct the template.",
                    e);
        }
    }

    private String filled(Deployment deployment) {
        Map<String, String> values = Map.of(
                "name",
                name(deployment),
                "model",
                deployment.model(),
                "version",
                deployment.version(),
                "namespace",
                namespace);
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(values, match.group(1))));
    }

    private String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new DeliveryException(
                    Code.CONFIG,
                    source + ": ${" + name + "} is not known",
                    "Known are ${name}, ${model}, ${version} and ${namespace}.");
        }
        return value;
    }

    private void label(ObjectNode manifest, Deployment deployment) {
        ObjectNode metadata = manifest.withObjectProperty("metadata");
        metadata.put("namespace", namespace);
        List.of(metadata, podMetadata(manifest, metadata))
                .forEach(one -> one.withObjectProperty("labels")
                        .put(TARGET_LABEL, target)
                        .put(KEY_LABEL, deployment.key())
                        .put("app.kubernetes.io/managed-by", "mldelivery"));
    }

    private ObjectNode podMetadata(ObjectNode manifest, ObjectNode otherwise) {
        boolean hasPodTemplate = isWorkload(manifest) && !KINDS_OF_MODELS.contains(workload);
        return hasPodTemplate
                ? manifest.withObjectProperty("spec")
                        .withObjectProperty("template")
                        .withObjectProperty("metadata")
                : otherwise;
    }
}
