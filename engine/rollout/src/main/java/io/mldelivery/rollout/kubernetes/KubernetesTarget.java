package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.List;
import java.util.Optional;

/**
 * A model served by a cluster: for each version the objects of a template, and a router in front. Which version is the
 * current one is written into a ConfigMap of the target.
 */
public final class KubernetesTarget implements RolloutTarget {
    private final Cluster cluster;
    private final String name;
    private final String namespace;
    private final Template given;
    private final TargetMemory memory;
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
        this.given = new Template(source, template, name, namespace);
        this.memory = new TargetMemory(cluster, namespace, name, given);
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

    @Override
    public Optional<Deployment> current() {
        return memory.current();
    }

    @Override
    public void current(Deployment deployment) {
        memory.current(deployment);
    }

    private Template template(Deployment deployment) {
        return memory.template(deployment);
    }

    @Override
    public Instance instance(Deployment deployment) {
        return health.of(deployment, given.name(deployment), memory.isCurrent(deployment));
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
        memory.keepTemplate(deployment);
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
        memory.forgetTemplate(deployment);
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
