package io.mldelivery.rollout.kubernetes;

import java.util.Optional;

/**
 * Controllers that shift traffic themselves and can be told by how much: where the fields are by which they are told. What they
 * do on their own must be switched off or wait for us, as docs/reference/canaryDeploy.md says for each.
 */
public enum Delegate {
    /** A Rollout whose first step sets the weight and whose second waits. */
    ARGO_ROLLOUT(
            "argoproj.io/v1alpha1",
            "Rollout",
            new FieldRouter.Fields(
                    "/spec/strategy/canary/steps/0/setWeight", Optional.empty(), Optional.empty(), Optional.empty())),
    /** A Canary that may not go beyond a weight. */
    FLAGGER_CANARY(
            "flagger.app/v1beta1",
            "Canary",
            new FieldRouter.Fields("/spec/analysis/maxWeight", Optional.empty(), Optional.empty(), Optional.empty())),
    /** An InferenceService whose latest revision gets a share. */
    KSERVE(
            "serving.kserve.io/v1beta1",
            "InferenceService",
            new FieldRouter.Fields(
                    "/spec/predictor/canaryTrafficPercent", Optional.empty(), Optional.empty(), Optional.empty())),
    /** An Experiment between two models: the old one first. */
    SELDON_EXPERIMENT(
            "mlops.seldon.io/v1alpha1",
            "Experiment",
            new FieldRouter.Fields(
                    "/spec/candidates/1/weight",
                    Optional.of("/spec/candidates/0/weight"),
                    Optional.of("/spec/candidates/1/name"),
                    Optional.of("/spec/candidates/0/name")));

    private final String apiVersion;
    private final String kind;
    private final FieldRouter.Fields fields;

    Delegate(String apiVersion, String kind, FieldRouter.Fields fields) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.fields = fields;
    }

    public String apiVersion() {
        return apiVersion;
    }

    /** The object's kind. */
    public String kind() {
        return kind;
    }

    public FieldRouter.Fields fields() {
        return fields;
    }
}
