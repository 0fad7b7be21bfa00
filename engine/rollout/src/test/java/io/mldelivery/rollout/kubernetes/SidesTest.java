package io.mldelivery.rollout.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.kubernetes.TestCluster;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Argo Rollouts 1.9.2 and Flagger 1.36.1 wrote into their objects while {@link DelegateTrials} ran, and what it means. */
class SidesTest {
    /** Version 1's ReplicaSet and version 2's. */
    private static final Map<String, String> VERSIONS = Map.of("6bc48fb86b", "1", "84dbcfcb9b", "2");

    private static Sides argo(int generation, int observed, String steps, String current, String stable, String phase) {
        JsonNode rollout = TestCluster.json("""
                metadata: {generation: GENERATION}
                spec:
                  strategy: {canary: {steps: STEPS}}
                  template: {metadata: {labels: {mldelivery.io/key: "2"}}}
                status: {observedGeneration: "OBSERVED", currentPodHash: CURRENT, stableRS: STABLE, phase: PHASE}
                """.replace("GENERATION", String.valueOf(generation))
                .replace("OBSERVED", String.valueOf(observed))
                .replace("STEPS", steps)
                .replace("CURRENT", current)
                .replace("STABLE", stable)
                .replace("PHASE", phase));
        return ArgoRollout.sides(rollout, hash -> Optional.ofNullable(VERSIONS.get(hash)));
    }

    private static String paused(int weight) {
        return "[{setWeight: " + weight + "}, {pause: {}}]";
    }

    @Test
    void shouldNotBelieveARolloutThatArgoHasNotSeenYet() {
        Sides sides = argo(3, 2, paused(0), "6bc48fb86b", "6bc48fb86b", "Healthy");

        assertThat(sides).isEqualTo(new Sides(Optional.of("1"), Optional.of("2"), Optional.empty()));
        assertThat(sides.percentOf("2")).isEmpty();
    }

    @Test
    void shouldBelieveAWeightOnceArgoWaitsBehindIt() {
        assertThat(argo(4, 4, paused(25), "84dbcfcb9b", "6bc48fb86b", "Progressing")
                        .percentOf("2"))
                .isEmpty();
        Sides reached = argo(4, 4, paused(25), "84dbcfcb9b", "6bc48fb86b", "Paused");
        assertThat(reached.percentOf("2")).contains(25);
        assertThat(reached.percentOf("1")).contains(75);
        assertThat(argo(7, 7, paused(0), "84dbcfcb9b", "6bc48fb86b", "Paused").percentOf("2"))
                .contains(0);
    }

    @Test
    void shouldTellThePromotedVersionFromTheOneBefore() {
        Sides onItsWay = argo(11, 11, "[{setWeight: 100}]", "84dbcfcb9b", "6bc48fb86b", "Progressing");
        assertThat(onItsWay.percentOf("2")).contains(100);
        assertThat(onItsWay.has("1")).isTrue();
        Sides done = argo(11, 11, "[{setWeight: 100}]", "84dbcfcb9b", "84dbcfcb9b", "Healthy");
        assertThat(done).isEqualTo(new Sides(Optional.of("2"), Optional.empty(), Optional.of(0)));
        assertThat(done.percentOf("2")).contains(100);
        assertThat(done.has("1")).isFalse();
    }

    /** While Flagger waits for the first time, it writes weight 0 over the one that its route really has. */
    @ParameterizedTest
    @CsvSource({
        "Initialized, 0, '[100]', '', 0",
        "Progressing, 0, '[25]', '', 0",
        "Progressing, 25, '[25]', '', 25",
        "WaitingPromotion, 0, '[25]', '', 25",
        "WaitingPromotion, 0, '[25, 50]', 25, 25",
        "WaitingPromotion, 50, '[25, 50]', 25, 50",
        "WaitingPromotion, 100, '[50, 100]', '', 100",
        "Failed, 0, '[25]', '', 0"
    })
    void shouldReadFlaggersWeight(String phase, int weight, String steps, String held, int percent) {
        Sides sides = FlaggerCanary.sides(canary(phase, weight, steps, held), Optional.of("2"), Optional.of("1"));

        assertThat(sides).isEqualTo(new Sides(Optional.of("1"), Optional.of("2"), Optional.of(percent)));
    }

    @Test
    void shouldWaitUntilFlaggerHasTakenTheRequestsBack() {
        Optional<String> one = Optional.of("1");
        Sides before = FlaggerCanary.sides(canary("Progressing", 25, "[100]", ""), one, one);
        Sides after = FlaggerCanary.sides(canary("Succeeded", 0, "[100]", ""), one, one);

        assertThat(before).isEqualTo(new Sides(one, Optional.empty(), Optional.empty()));
        assertThat(after.percentOf("1")).contains(100);
        assertThat(after.percentOf("2")).contains(0);
        assertThat(FlaggerCanary.sides(canary("Initializing", 0, "[100]", ""), Optional.empty(), Optional.empty()))
                .isEqualTo(Sides.NOTHING);
    }

    private static JsonNode canary(String phase, int weight, String steps, String held) {
        return TestCluster.json("metadata: {annotations: {mldelivery.io/held-at: '" + held
                + "'}}\nspec: {analysis: {stepWeights: " + steps + "}}\nstatus: {phase: " + phase + ", canaryWeight: "
                + weight + "}\n");
    }
}
