package io.mldelivery.rollout.kubernetes;

import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.rollout.kubernetes.AccessRules.Rule;
import java.util.List;

/** Controllers that keep the pods and shift traffic themselves, each by an object of its own. */
public enum Delegate {
    /** A Rollout, which has the pods too. */
    ARGO_ROLLOUT("Rollout"),
    /** A Canary, which watches a Deployment. */
    FLAGGER_CANARY("Deployment"),
    /** An InferenceService on Knative, whose newest revision gets a share. */
    KSERVE("InferenceService"),
    /** An Experiment between two Models. */
    SELDON_EXPERIMENT("Model");

    private final String workload;

    Delegate(String workload) {
        this.workload = workload;
    }

    /** The kind of the one object in a version's template that has the pods. */
    public String workload() {
        return workload;
    }

    Delegation delegation(Cluster cluster, String namespace, String object, String target) {
        return switch (this) {
            case ARGO_ROLLOUT -> new ArgoRollout(cluster, namespace, object, target);
            case FLAGGER_CANARY -> new FlaggerCanary(cluster, namespace, object, target);
            case KSERVE -> new KServe(cluster, namespace, object, target);
            case SELDON_EXPERIMENT ->
                new SeldonExperiment(cluster, namespace, object, target, SeldonExperiment.HEARING);
        };
    }

    /** What is read and written beyond the template's objects. */
    public List<Rule> rules() {
        return switch (this) {
            case ARGO_ROLLOUT ->
                List.of(
                        new Rule("argoproj.io", "rollouts", List.of("get", "list", "watch", "patch")),
                        new Rule("apps", "replicasets", List.of("list", "watch")));
            case FLAGGER_CANARY ->
                List.of(
                        new Rule("flagger.app", "canaries", List.of("get", "list", "watch", "patch")),
                        new Rule("apps", "deployments", List.of("list", "watch")));
            case KSERVE ->
                List.of(
                        new Rule("serving.kserve.io", "inferenceservices", List.of("get", "list", "watch", "patch")),
                        new Rule("serving.knative.dev", "revisions", List.of("list", "watch")));
            case SELDON_EXPERIMENT ->
                List.of(
                        new Rule(
                                "mlops.seldon.io",
                                "experiments",
                                List.of("get", "list", "watch", "create", "patch", "delete")),
                        new Rule("mlops.seldon.io", "models", List.of("get", "list", "watch", "patch", "delete")));
        };
    }
}
