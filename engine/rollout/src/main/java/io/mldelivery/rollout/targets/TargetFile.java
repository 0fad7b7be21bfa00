package io.mldelivery.rollout.targets;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.control.ModelRegistry;
import io.mldelivery.rollout.control.RolloutTarget;
import io.mldelivery.rollout.control.Rollouts;
import io.mldelivery.rollout.control.Site;
import io.mldelivery.rollout.kubernetes.AccessRules;
import io.mldelivery.rollout.kubernetes.ConfigMapJournals;
import io.mldelivery.rollout.kubernetes.DelegatedTarget;
import io.mldelivery.rollout.kubernetes.KubernetesTarget;
import io.mldelivery.rollout.local.HaproxyAccess;
import io.mldelivery.rollout.local.LocalRollouts;
import io.mldelivery.rollout.metrics.MetricSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that says where a rollout shall happen: a cluster with template, router and metrics, or this machine behind a
 * HAProxy.
 */
public final class TargetFile {
    /** Files as read, by their text: a rollout's is looked at twice a second. */
    private static final Map<String, TargetFile> READ = new ConcurrentHashMap<>();

    private static final int MOST = 1_000;

    private enum Kind {
        KUBERNETES,
        HAPROXY
    }

    private final ConfigNode root;
    private final Kind kind;
    private final String name;
    private final String templateText;

    private TargetFile(ConfigNode root, String templateText) {
        this.root = root;
        this.kind = root.get("kind").choice(Kind.class);
        this.name = root.get("name").text();
        this.templateText = templateText;
        check();
    }

    /** Reads the file and the template that it names, which lies beside it. */
    public static TargetFile read(Path file) {
        String text = content(file, "the target's file " + file.getFileName());
        Optional<String> template =
                ConfigNode.parse(file.getFileName().toString(), text).findText("template");
        return parse(
                file.getFileName().toString(),
                text,
                template.map(other -> content(file.toAbsolutePath().resolveSibling(other), "the template " + other))
                        .orElse(""));
    }

    private static String content(Path file, String what) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.CONFIG, "cannot read " + what, "Check its name, and that it is checked out.", e);
        }
    }

    /**
     * Reads both as text.
     *
     * @param source the file's name for messages
     */
    public static TargetFile parse(String source, String yaml, String template) {
        if (READ.size() >= MOST) {
            READ.clear();
        }
        return READ.computeIfAbsent(
                source + "\n" + yaml + "\n---\n" + template,
                any -> new TargetFile(ConfigNode.parse(source, yaml), template));
    }

    private void check() {
        if (!name.matches("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")) {
            throw root.get("name")
                    .wrong(
                            "'" + name + "' cannot name a target",
                            "Use up to 40 lower-case letters, digits and hyphens.");
        }
        if (kind == Kind.KUBERNETES) {
            root.rejectUnknownKeys("kind", "name", "namespace", "template", "cluster", "router", "metrics");
            root.get("template");
            new ClusterSection(root).check();
            new RouterSection(root.get("router")).check();
            new MetricsSection(root.get("metrics")).check();
        } else {
            root.rejectUnknownKeys("kind", "name", "socket", "backend", "servers", "address", "stateFile");
            haproxy();
        }
    }

    private HaproxyAccess haproxy() {
        var servers = root.get("servers").items();
        if (servers.size() != 2) {
            throw root.get("servers")
                    .wrong("the backend needs exactly two servers for us, this names " + servers.size());
        }
        return new HaproxyAccess(
                root.get("socket").text(),
                root.get("backend").text(),
                servers.get(0).text(),
                servers.get(1).text(),
                root.findText("address"),
                root.findText("stateFile"));
    }

    /** As people write the target. */
    public String label() {
        return kind == Kind.KUBERNETES
                ? "kubernetes/" + root.findText("namespace").orElse("default") + "/" + name
                : kind.name().toLowerCase(Locale.ROOT) + "/" + name;
    }

    /** The template's text; empty where there is none. */
    public String template() {
        return templateText;
    }

    /**
     * The target's rollouts.
     *
     * @param local targets on this machine, for those that are
     * @param environment holds the secrets that the file and plans name
     */
    public Rollouts open(LocalRollouts local, ModelRegistry registry, Clock clock, Map<String, String> environment) {
        if (kind == Kind.HAPROXY) {
            return local.of(name, haproxy());
        }
        Cluster cluster = new ClusterSection(root).connect(environment);
        return open(cluster, registry, clock, environment);
    }

    /** The rollouts of a target in a cluster that is connected already. */
    Rollouts open(Cluster cluster, ModelRegistry registry, Clock clock, Map<String, String> environment) {
        String namespace = root.findText("namespace").orElse(cluster.namespace());
        var metrics = new MetricsSection(root.get("metrics")).source(cluster, namespace, name, environment, clock);
        RolloutTarget target = target(cluster, namespace, metrics);
        var journals = new ConfigMapJournals(cluster, namespace, name, clock);
        return new Rollouts(new Site(target.name(), journals, target), registry, clock, environment);
    }

    private RolloutTarget target(Cluster cluster, String namespace, MetricSource metrics) {
        var router = new RouterSection(root.get("router"));
        String source = root.get("template").text();
        return router.keeper()
                .<RolloutTarget>map(keeper -> new DelegatedTarget(
                        cluster, namespace, name, keeper, router.name(), source, templateText, metrics))
                .orElseGet(() -> new KubernetesTarget(
                        cluster,
                        namespace,
                        name,
                        source,
                        templateText,
                        router.router(cluster, namespace, name),
                        metrics));
    }

    /**
     * The least that a service account needs to roll out here, as manifests.
     *
     * @param account the service account's name, in the target's namespace
     */
    public String accessRules(String account) {
        if (kind != Kind.KUBERNETES) {
            throw root.wrong("only a target in a cluster has access rules");
        }
        String namespace = root.findText("namespace").orElse("default");
        return AccessRules.of(
                templateText,
                root.get("template").text(),
                namespace,
                name,
                new RouterSection(root.get("router")).rules(),
                account);
    }
}
