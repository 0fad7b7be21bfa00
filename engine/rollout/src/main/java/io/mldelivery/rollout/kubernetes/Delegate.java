package io.mldelivery.rollout.kubernetes;

import io.mldelivery.rollout.kubernetes.AccessRules.Rule;
import java.util.List;
import java.util.Optional;

/** Controllers that shift traffic themselves, and the objects by which they are told how. */
public enum Delegate {
    /** A Rollout, which has the pods too. */
    ARGO_ROLLOUT(ArgoRollout.API, "Rollout", "Rollout", Optional.empty()),
    /** A Canary, which watches a Deployment. */
    FLAGGER_CANARY(FlaggerCanary.API, "Canary", "Deployment", Optional.empty()),
    /** An InferenceService whose latest revision gets a share. */
    KSERVE(
            "serving.kserve.io/v1beta1",
            "InferenceService",
            "Deployment",
            Optional.of(new FieldRouter.Fields(
                    "/spec/predictor/canaryTrafficPercent", Optional.empty(), Optional.empty(), Optional.empty()))),
    /** An Experiment between two models: the old one first. */
    SELDON_EXPERIMENT(
            "mlops.seldon.io/v1alpha1",
            "Experiment",
            "Deployment",
            Optional.of(new FieldRouter.Fields(
                    "/spec/candidates/1/weight",
                    Optional.of("/spec/candidates/0/weight"),
                    Optional.of("/spec/candidates/1/name"),
                    Optional.of("/spec/candidates/0/name"))));

    private final String apiVersion;
    private final String kind;
    private final String workload;
    private final Optional<FieldRouter.Fields> fields;

    Delegate(String apiVersion, String kind, String workload, Optional<FieldRouter.Fields> fields) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.workload = workload;
        this.fields = fields;
    }

    public String apiVersion() {
        return apiVersion;
    }

    /** The object's kind. */
    public String kind() {
        return kind;
    }

    /** The kind of the one object in a version's template that has the pods. */
    public String workload() {
        return workload;
    }

    /** Fields by which it is told; empty: it keeps the versions' pods itself, see {@link DelegatedTarget}. */
    public Optional<FieldRouter.Fields> fields() {
        return fields;
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
                List.of(new Rule("serving.kserve.io", "inferenceservices", List.of("get", "list", "watch", "patch")));
            case SELDON_EXPERIMENT ->
                List.of(new Rule("mlops.seldon.io", "experiments", List.of("get", "list", "watch", "patch")));
        };
    }
}
