package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.PodTrouble;
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
import java.util.List;
import java.util.Optional;

/**
 * A model served by a cluster in which Argo Rollouts, Flagger, KServe or Seldon keep the pods and shift the requests, while we judge,
 * watch, promote and go back. The template holds the object with the pods and what else a version needs.
 */
public final class DelegatedTarget implements RolloutTarget {
    private final Cluster cluster;
    private final String name;
    private final String namespace;
    private final Template given;
    private final TargetMemory memory;
    private final Delegation delegation;
    private final MetricSource metrics;

    /**
     * @param name the target's name
     * @param object the name of the Rollout, Canary, InferenceService or Experiment
     * @param source the template's file name, for messages
     */
    public DelegatedTarget(
            Cluster cluster,
            String namespace,
            String name,
            Delegate delegate,
            String object,
            String source,
            String template,
            MetricSource metrics) {
        this(
                cluster,
                namespace,
                name,
                delegate.delegation(cluster, namespace, object, name),
                new Template(source, template, name, namespace, delegate.workload()),
                metrics);
    }

    DelegatedTarget(
            Cluster cluster,
            String namespace,
            String name,
            Delegation delegation,
            Template given,
            MetricSource metrics) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.name = name;
        this.given = given;
        this.memory = new TargetMemory(cluster, namespace, name, given);
        this.metrics = metrics;
        this.delegation = delegation;
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

    /** What the controller calls stable is its own to keep alive; what is new must not crash. */
    @Override
    public Instance instance(Deployment deployment) {
        Sides sides = delegation.sides();
        if (!sides.has(deployment.key())) {
            boolean remains = memory.hasTemplate(deployment);
            return remains ? new Instance(Instance.Phase.STARTING, "has no pods") : Instance.absent();
        }
        if (sides.isStable(deployment.key()) && sides.fresh().isPresent()) {
            return Instance.ready();
        }
        return trouble(deployment)
                .map(Instance::dead)
                .orElseGet(sides.isFresh(deployment.key()) ? delegation::fresh : delegation::only);
    }

    private Optional<String> trouble(Deployment deployment) {
        return PodTrouble.in(cluster.known(
                new ResourceName("v1", "Pod", namespace, ""),
                Template.OURS,
                Template.TARGET_LABEL + "=" + name + "," + Template.KEY_LABEL + "=" + deployment.key()));
    }

    @Override
    public void ensure(Deployment deployment, Optional<String> drill) {
        if (drill.isPresent()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "drill: " + name() + " cannot inject faults",
                    "Rehearse on the target local, or put the fault into the template.");
        }
        Sides sides = delegation.sides();
        if (sides.has(deployment.key())) {
            return;
        }
        if (sides.stable().isPresent() && current().isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    name() + ": there is a " + given.workload() + " already that was not rolled out from here",
                    "Remove it, or give the template's another name: the first rollout creates it.");
        }
        memory.keepTemplate(deployment);
        others(deployment).forEach(manifest -> cluster.apply(manifest, false));
        delegation.bring(workload(deployment));
    }

    private ObjectNode workload(Deployment deployment) {
        return (ObjectNode) memory.template(deployment).manifests(deployment).stream()
                .filter(given::isWorkload)
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> others(Deployment deployment) {
        return memory.template(deployment).manifests(deployment).stream()
                .filter(manifest -> !given.isWorkload(manifest))
                .toList();
    }

    @Override
    public boolean warm(Deployment deployment, List<String> bodies) {
        return instance(deployment).isReady();
    }

    @Override
    public Split split(Deployment candidate) {
        return Split.weighted(delegation
                .sides()
                .percentOf(candidate.key())
                .orElseThrow(() -> new DeliveryException(
                        Code.SERVING, name() + ": the requests are being shifted", "Look again in a moment.")));
    }

    @Override
    public void split(Deployment candidate, Optional<Deployment> stable, Split split) {
        if (split.kind() != Split.Kind.WEIGHTED) {
            throw RouteObject.cannot(name(), split);
        }
        Sides sides = delegation.sides();
        if (sides.isFresh(candidate.key())) {
            shift(sides, split.percent(), stable);
        } else if (sides.isStable(candidate.key()) && sides.fresh().isPresent()) {
            shift(sides, 100 - split.percent(), Optional.of(candidate));
        } else if (sides.isStable(candidate.key()) && split.percent() == 0 && stable.isEmpty()) {
            delegation.remove();
        }
    }

    private void shift(Sides sides, int percent, Optional<Deployment> stable) {
        if (percent > 0) {
            delegation.weigh(percent);
        } else {
            delegation.leave(workload(known(sides, stable)));
        }
    }

    /** The version in the stable place, with the model's name. */
    private Deployment known(Sides sides, Optional<Deployment> likely) {
        return likely.filter(one -> sides.isStable(one.key()))
                .or(() -> current().filter(one -> sides.isStable(one.key())))
                .orElseThrow(() -> new DeliveryException(
                        Code.CONFIG,
                        name() + ": nobody knows which model the stable version "
                                + sides.stable().orElse("") + " is",
                        "Roll it back with its own controller."));
    }

    /** Promotes when the stable version goes, gives up when the new one does. What only this version needed goes too. */
    @Override
    public void stop(Deployment deployment, Duration drain) {
        Sides sides = delegation.sides();
        if (sides.isFresh(deployment.key())) {
            delegation.withdraw(workload(known(sides, Optional.empty())));
        } else if (sides.isStable(deployment.key()) && sides.fresh().isPresent()) {
            delegation.settle();
        } else if (sides.isStable(deployment.key())) {
            delegation.remove();
        }
        if (memory.hasTemplate(deployment)) {
            others(deployment).forEach(manifest -> cluster.delete(ResourceName.of(manifest, namespace)));
            memory.forgetTemplate(deployment);
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
