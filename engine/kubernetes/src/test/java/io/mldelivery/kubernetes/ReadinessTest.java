package io.mldelivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mldelivery.kubernetes.Readiness.State;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void shouldCallDeploymentReadyWhenAllReplicasAreNewAndAvailable() throws IOException {
        JsonNode deployment = json("""
                {"kind": "Deployment", "metadata": {"generation": 2}, "spec": {"replicas": 3},
                 "status": {"observedGeneration": 2, "replicas": 3, "updatedReplicas": 3, "availableReplicas": 3}}""");

        assertThat(Readiness.of(deployment).state()).isEqualTo(State.READY);
    }

    @Test
    void shouldWaitForTheControllerAndForOldPodsToGo() throws IOException {
        JsonNode unseen = json("""
                {"kind": "Deployment", "metadata": {"generation": 3}, "spec": {"replicas": 1},
                 "status": {"observedGeneration": 2, "replicas": 1, "updatedReplicas": 1, "availableReplicas": 1}}""");
        JsonNode mixed = json("""
                {"kind": "Deployment", "metadata": {"generation": 3}, "spec": {"replicas": 2},
                 "status": {"observedGeneration": 3, "replicas": 3, "updatedReplicas": 2, "availableReplicas": 3}}""");

        assertThat(Readiness.of(unseen).reason()).isEqualTo("the controller has not seen the change yet");
        assertThat(Readiness.of(mixed).state()).isEqualTo(State.PROGRESSING);
    }

    @Test
    void shouldFailWithTheClustersWords() throws IOException {
        JsonNode late = json("""
                {"kind": "Deployment", "metadata": {"generation": 1}, "spec": {"replicas": 1}, "status": {"observedGeneration": 1,
                 "conditions": [{"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded",
                                 "message": "ReplicaSet \\"a\\" has timed out progressing."}]}}""");
        JsonNode quota = json("""
                {"kind": "Deployment", "metadata": {"generation": 1}, "spec": {"replicas": 1}, "status": {"observedGeneration": 1,
                 "conditions": [{"type": "ReplicaFailure", "status": "True", "message": "exceeded quota: gpus"}]}}""");

        assertThat(Readiness.of(late))
                .isEqualTo(new Readiness(State.FAILED, "ReplicaSet \"a\" has timed out progressing."));
        assertThat(Readiness.of(quota).reason()).isEqualTo("0 of 1 replicas are available; exceeded quota: gpus");
    }

    @Test
    void shouldJudgeJobsAndConditions() throws IOException {
        assertThat(Readiness.of(json("""
                {"kind": "Job", "status": {"conditions": [{"type": "Complete", "status": "True"}]}}""")).state()).isEqualTo(State.READY);
        assertThat(Readiness.of(json("""
                {"kind": "Job", "status": {"conditions": [{"type": "Failed", "status": "True", "message": "BackoffLimitExceeded"}]}}"""))).isEqualTo(new Readiness(State.FAILED, "BackoffLimitExceeded"));
        assertThat(Readiness.of(json("""
                {"kind": "Pod", "status": {"conditions": [{"type": "Ready", "status": "False", "reason": "ContainersNotReady", "message": "m"}]}}"""))).isEqualTo(new Readiness(State.PROGRESSING, "ContainersNotReady: m"));
    }

    @Test
    void shouldFindWhatKeepsPodsFromServing() throws IOException {
        assertThat(PodTrouble.in(json("""
                {"metadata": {"name": "p"}, "status": {"containerStatuses": [{"state": {"waiting":
                 {"reason": "ImagePullBackOff", "message": "no such image"}}}]}}"""))).contains("pod p: ImagePullBackOff: no such image");
        assertThat(PodTrouble.in(json("""
                {"metadata": {"name": "p"}, "status": {"conditions": [{"type": "PodScheduled", "status": "False",
                 "reason": "Unschedulable", "message": "0/2 nodes are available: 2 Insufficient nvidia.com/gpu."}]}}""")))
                .contains("pod p cannot be scheduled: 0/2 nodes are available: 2 Insufficient nvidia.com/gpu.");
        assertThat(PodTrouble.in(json("""
                {"metadata": {"name": "p"}, "status": {"containerStatuses": [{"restartCount": 1, "state": {"running": {}}}]}}"""))).isEmpty();
    }

    @Test
    void shouldTolerateTroubleOfAMinorityOfPods() throws IOException {
        JsonNode well = json("{\"status\": {\"phase\": \"Running\"}}");
        JsonNode evicted = json("""
                {"metadata": {"name": "p"}, "status": {"phase": "Failed", "reason": "Evicted", "message": "low on memory"}}""");

        assertThat(PodTrouble.in(java.util.List.of(well, well, evicted))).isEmpty();
        assertThat(PodTrouble.in(java.util.List.of(well, evicted))).contains("pod p failed: Evicted low on memory");
        assertThat(PodTrouble.in(java.util.List.of())).isEmpty();
        assertThat(Readiness.serves(json("""
                {"status": {"conditions": [{"type": "Available", "status": "True"}]}}"""))).isTrue();
    }

    /** What ended and runs again may do so between two looks. */
    @Test
    void shouldNotForgetAContainerThatCrashedAndWasStartedAgain() throws IOException {
        assertThat(PodTrouble.in(json("""
                {"metadata": {"name": "p"}, "status": {"containerStatuses": [{"restartCount": 1, "state": {"running": {}},
                 "lastState": {"terminated": {"exitCode": 137, "reason": "Error"}}}]}}""")))
                .contains("pod p: a container ended with exit code 137 (Error) and was started again");
        assertThat(PodTrouble.in(json("""
                {"metadata": {"name": "p"}, "status": {"containerStatuses": [{"restartCount": 0, "state": {"terminated":
                 {"exitCode": 64, "reason": "Error", "message": "starting\\n--models is missing\\nGive a folder.\\n"}}}]}}""")))
                .contains("pod p: a container ended with exit code 64 (Error): --models is missing Give a folder.");
        assertThat(PodTrouble.in(json("""
                {"metadata": {"name": "p"}, "status": {"containerStatuses": [{"restartCount": 3, "state": {"running": {}},
                 "lastState": {"terminated": {"exitCode": 0, "reason": "Completed"}}}]}}"""))).contains("pod p: a container ended and was started again 3 times");
    }

    @Test
    void shouldTellScalingFromStartingAndFromBeingDown() throws IOException {
        JsonNode starting = deployment(1, "ReplicaSetUpdated");
        JsonNode scaling = deployment(1, "NewReplicaSetAvailable");
        JsonNode down = deployment(0, "NewReplicaSetAvailable");

        assertThat(Readiness.serves(starting)).isFalse();
        assertThat(Readiness.isDown(deployment(0, "ReplicaSetUpdated"))).isFalse();
        assertThat(Readiness.serves(scaling)).isTrue();
        assertThat(Readiness.isDown(scaling)).isFalse();
        assertThat(Readiness.serves(down)).isFalse();
        assertThat(Readiness.isDown(down)).isTrue();
    }

    private static JsonNode deployment(int available, String progress) throws IOException {
        return json("""
                {"spec": {"replicas": 2}, "status": {"replicas": 2, "availableReplicas": %d, "conditions": [
                 {"type": "Available", "status": "False"}, {"type": "Progressing", "status": "True", "reason": "%s"}]}}""".formatted(available, progress));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
