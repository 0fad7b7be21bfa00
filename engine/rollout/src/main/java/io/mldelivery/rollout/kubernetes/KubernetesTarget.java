package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.control.Deployment;
import io.mldelivery.rollout.control.RolloutTarget;
import io.mldelivery.rollout.control.Split;
import io.mldelivery.rollout.machine.Instance;
import io.mldelivery.rollout.metrics.MetricSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model served by a cluster: for each version the objects of a template, and a router in front. Which version is the
 * current one is written into a ConfigMap of the target.
 */
public final class KubernetesTarget implements RolloutTarget {
    private static final String TEMPLATE = "template-";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final String name;
    private final String namespace;
    private final String text;
    private final Template given;
    private final Map<String, Template> templates = new HashMap<>();
    private final TrafficRouter router;
    private final Autoscaler autoscaler;
    private final VersionHealth health;
    private final MetricSource metrics;

    /**
     * @param name the target's name, a part of its objects' names
     * @param source the template's file name, for messages
     * @param template YAML documents with placeholders; see docs/reference/canaryDeploy.md
     */
    public KubernetesTarget(
            Cluster cluster,
            String namespace,
            String name,
            String source,
            String template,
            TrafficRouter router,
            MetricSource metrics) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.name = name;
        this.text = template;
        this.given = new Template(source, template, name, namespace);
        this.router = router;
        this.autoscaler = new Autoscaler(cluster, namespace);
        this.health = new VersionHealth(cluster, namespace, name, router);
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "kubernetes/" + namespace + "/" + name;
    }

    @Override
    public Optional<String> address() {
        return Optional.empty();
    }

    private ResourceName memory() {
        return memory(namespace, name);
    }

    /** What a target remembers, apart from its rollouts. */
    static ResourceName memory(String namespace, String target) {
        return new ResourceName("v1", "ConfigMap", namespace, target + "-mldelivery");
    }

    static void describeMemory(ObjectNode map, String namespace, String target) {
        map.put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata")
                .put("name", memory(namespace, target).name())
                .put("namespace", namespace)
                .putObject("labels")
                .put("app.kubernetes.io/managed-by", "mldelivery")
                .put(Template.TARGET_LABEL, target);
    }

    @Override
    public Optional<Deployment> current() {
        return cluster.find(memory())
                .map(map -> map.path("data").path("current").asText(""))
                .filter(text -> !text.isEmpty())
                .map(this::parse);
    }

    private Deployment parse(String text) {
        try {
            return JSON.readValue(text, Deployment.class);
        } catch (JsonProcessingException e) {
            throw new DeliveryException(
                    Code.DATA,
                    memory() + " does not say which version is current: " + text,
                    "Correct its key 'current', or remove it if nothing serves yet.",
                    e);
        }
    }

    @Override
    public void current(Deployment deployment) {
        remember("current", JSON.valueToTree(deployment));
    }

    /** @param value a text or an object; null: the key goes */
    private void remember(String key, JsonNode value) {
        ObjectNode map = JSON.createObjectNode();
        JsonNode text = value == null
                ? null
                : JSON.getNodeFactory().textNode(value.isTextual() ? value.asText() : value.toString());
        map.putObject("data").set(key, text);
        if (cluster.find(memory()).isPresent()) {
            cluster.merge(memory(), map);
        } else if (text != null) {
            describeMemory(map, namespace, name);
            cluster.apply(map, true);
        }
    }

    /** Each version keeps the template that it came with: image, configuration and secrets go back together. */
    private Template template(Deployment deployment) {
        return templates.computeIfAbsent(
                deployment.key(),
                key -> cluster.known(memory(), Template.OURS)
                        .map(map -> map.path("data").path(TEMPLATE + key).asText(""))
                        .filter(text -> !text.isEmpty())
                        .map(text -> new Template(memory() + " key " + TEMPLATE + key, text, name, namespace))
                        .orElse(given));
    }

    @Override
    public Instance instance(Deployment deployment) {
        return health.of(deployment, given.name(deployment), isCurrent(deployment));
    }

    /** As a watch tells it. */
    private boolean isCurrent(Deployment deployment) {
        return cluster.known(memory(), Template.OURS)
                .map(map -> map.path("data").path("current").asText(""))
                .filter(text -> !text.isEmpty())
                .map(this::parse)
                .filter(current -> current.key().equals(deployment.key()))
                .isPresent();
    }

    /** A drill cannot be asked of a server that is not ours: the template must carry it. */
    @Override
    public void ensure(Deployment deployment, Optional<String> drill) {
        if (drill.isPresent()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "drill: " + name() + " cannot inject faults",
                    "Rehearse on the target local, or put the fault into the template.");
        }
        List<JsonNode> manifests = template(deployment).manifests(deployment);
        if (template(deployment) == given) {
            remember(TEMPLATE + deployment.key(), JSON.getNodeFactory().textNode(text));
        }
        for (JsonNode manifest : deploymentLast(manifests)) {
            if (Template.isDeployment(manifest)) {
                router.adapt((ObjectNode) manifest);
            }
            autoscaler.adapt(manifest);
            cluster.apply(manifest, false);
        }
    }

    /** What breaks off in between is not taken for whole: the Deployment comes and goes last, a Service goes first. */
    private static List<JsonNode> deploymentLast(List<JsonNode> manifests) {
        return manifests.stream()
                .sorted(Comparator.comparing(one -> Template.isDeployment(one)
                        ? 2
                        : one.path("kind").asText().equals("Service") ? 0 : 1))
                .toList();
    }

    /** Readiness probes are the cluster's way of warming: a pod that is not ready gets no request. */
    @Override
    public boolean warm(Deployment deployment, List<String> bodies) {
        return instance(deployment).isReady();
    }

    /** Those who route hear of a weight later than we: what has lost its traffic goes on answering for {@code drain}. */
    @Override
    public void stop(Deployment deployment, Duration drain) {
        if (router.settledFor().filter(age -> age.compareTo(drain) < 0).isPresent()) {
            return; // asked for again at the next look
        }
        List<JsonNode> manifests = template(deployment).manifests(deployment);
        deploymentLast(manifests).forEach(this::delete);
        remember(TEMPLATE + deployment.key(), null);
    }

    private void delete(JsonNode manifest) {
        cluster.delete(ResourceName.of(manifest, namespace));
    }

    @Override
    public Split split(Deployment candidate) {
        return router.split(given.name(candidate));
    }

    /** Capacity before traffic: a version whose autoscaler has a minimum gets its share of it first. */
    @Override
    public void split(Deployment candidate, Optional<Deployment> stable, Split split) {
        boolean more = split.percent() > split(candidate).percent();
        if (more && !autoscaler.provisioned(template(candidate).manifests(candidate), split.percent())) {
            return; // the weight is asked for again when the pods are there
        }
        router.split(given.name(candidate), stable.map(given::name), split);
        if (!more) {
            autoscaler.provisioned(template(candidate).manifests(candidate), split.percent());
        }
    }

    @Override
    public boolean watches() {
        return true;
    }

    @Override
    public VersionCounts counts(Deployment deployment) {
        return metrics.counts(deployment.model(), deployment.version(), deployment.key());
    }

    @Override
    public void replay(Deployment deployment, String file, double rate, Duration lease) {
        throw new DeliveryException(
                Code.CONFIG, "replay: " + name() + " gets its traffic from its users", "Leave replay out of the plan.");
    }

    @Override
    public void endReplay() {
        // nothing is replayed here
    }
}
