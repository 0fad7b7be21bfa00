package io.jenkins.plugins.mldelivery.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.User;
import hudson.util.Secret;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.mldelivery.local.hooks.LocalCredentials;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalQueue;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.local.hooks.Permissions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookEndpointTest {
    private static final String SECRET = "a shared secret";
    private static final String PUSH =
            "{\"ref\":\"refs/heads/main\",\"after\":\"9d817a14\"," + "\"repository\":{\"full_name\":\"team/flights\"}}";

    @TempDir
    private Path home;

    private final List<String> started = new ArrayList<>();
    private WebhookEndpoint endpoint;
    private LocalJob job;

    private static final class SharedSecret extends BaseStandardCredentials implements StringCredentials {
        private static final long serialVersionUID = 1L;

        SharedSecret() {
            super(CredentialsScope.GLOBAL, "hook", "");
        }

        @Override
        public Secret getSecret() {
            return Secret.fromString(SECRET);
        }
    }

    @BeforeEach
    void startJenkins() throws Exception {
        LocalJenkins.start(home);
        job = LocalJob.named("flights");
        User.getById("retraining", true);
        LocalCredentials.use(List.of(new SharedSecret()));
        LocalQueue.use(this::schedule);
        endpoint = new WebhookEndpoint();
        configure("github", "main", "retraining");
    }

    @AfterEach
    void stopJenkins() {
        LocalCredentials.use(List.of());
        LocalQueue.use((scheduled, quietPeriod, actions) -> null);
        Permissions.use((who, what) -> true);
        LocalJenkins.stop();
    }

    private Queue.Item schedule(Job<?, ?> scheduled, int quietPeriod, List<Action> actions) {
        String who = Jenkins.getAuthentication2().getName();
        CauseAction cause = (CauseAction) actions.get(0);
        started.add(scheduled.getFullName() + " as " + who + ": "
                + cause.getCauses().get(0).getShortDescription());
        return new Queue.Item(null, actions, 1, null) {};
    }

    private void configure(String sender, String subject, String user) {
        var trigger = new RetrainingTrigger("flights-push", sender, "hook", "flights", user);
        trigger.setSubject(subject);
        RetrainingConfiguration.get().setTriggers(List.of(trigger));
    }

    private static byte[] hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private FakeExchange github(String body) throws Exception {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-GitHub-Event", "push");
        headers.put("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(hmac(body)));
        return post("/flights-push", headers, body);
    }

    private FakeExchange mlflow(String body) throws Exception {
        String time = String.valueOf(Instant.now().getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-MLflow-Delivery-Id", "id-1");
        headers.put("X-MLflow-Timestamp", time);
        headers.put(
                "X-MLflow-Signature", "v1," + Base64.getEncoder().encodeToString(hmac("id-1." + time + "." + body)));
        return post("/flights-push", headers, body);
    }

    private FakeExchange post(String path, Map<String, String> headers, String body) throws Exception {
        return new FakeExchange("POST", path, headers, body.getBytes(StandardCharsets.UTF_8)).through(endpoint);
    }

    @Test
    void shouldStartTheJobAsTheConfiguredUser() throws Exception {
        FakeExchange exchange = github(PUSH);

        assertThat(exchange.answer()).contains("\"outcome\":\"started\"");
        assertThat(exchange.status()).isEqualTo(202);
        assertThat(started)
                .containsExactly("flights as retraining: Retraining, trigger flights-push: push of 9d817a14 to main of"
                        + " team/flights");
    }

    @Test
    void shouldStartOnAnAliasEvent() throws Exception {
        configure("mlflow", "champion", "retraining");

        mlflow("{\"entity\":\"model_version_alias\",\"action\":\"created\","
                + "\"data\":{\"name\":\"late-flights\",\"alias\":\"champion\",\"version\":\"4\"}}");

        assertThat(started)
                .singleElement()
                .asString()
                .contains("alias champion of model late-flights set to version 4");
    }

    @Test
    void shouldNotAnswerAnAliasThatABuildOfTheJobMoved() throws Exception {
        configure("mlflow", "champion", "retraining");
        LocalRun run = job.newBuild();
        BuildEvidence.of(run).append("alias.set", Map.of("name", "late-flights", "alias", "champion", "version", "4"));
        run.finished(Result.SUCCESS);

        FakeExchange exchange = mlflow("{\"entity\":\"model_version_alias\",\"action\":\"created\","
                + "\"data\":{\"name\":\"late-flights\",\"alias\":\"champion\",\"version\":\"4\"}}");

        assertThat(exchange.answer()).contains("ignored", "what a build of this job did itself");
        assertThat(started).isEmpty();
    }

    @Test
    void shouldStartOnceHoweverOftenAnEventComes() throws Exception {
        github(PUSH);
        endpoint = new WebhookEndpoint(); // as after a restart

        FakeExchange again = github(PUSH);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.answer()).contains("delivered before");
        assertThat(started).hasSize(1);
    }

    @Test
    void shouldRefuseAForgedEventWithoutSayingWhy() throws Exception {
        FakeExchange forged = post("/flights-push", Map.of("X-Hub-Signature-256", "sha256=00"), PUSH);

        assertThat(forged.status()).isEqualTo(401);
        assertThat(forged.answer()).isEqualTo("{\"outcome\":\"refused\",\"reason\":\"the delivery is not accepted\"}");
        assertThat(started).isEmpty();
    }

    @Test
    void shouldRefuseEverythingWhenTheSecretIsGone() throws Exception {
        LocalCredentials.use(List.of());

        assertThat(github(PUSH).status()).isEqualTo(401);
    }

    @Test
    void shouldIgnoreOtherBranches() throws Exception {
        FakeExchange other = github(PUSH.replace("heads/main", "heads/feature"));

        assertThat(other.status()).isEqualTo(200);
        assertThat(other.answer()).contains("the trigger waits for main");
        assertThat(started).isEmpty();
    }

    @Test
    void shouldKeepToTheBudget() throws Exception {
        LocalRun run = job.newBuild();
        run.started();
        assertThat(github(PUSH).answer()).contains("A retraining is running.");

        run.finished(Result.SUCCESS);
        assertThat(github(PUSH.replace("9d81", "aaaa")).answer()).contains("less than 60 min ago");
        assertThat(started).isEmpty();
    }

    @Test
    void shouldStopWhenRetrainingsAreInVain() throws Exception {
        for (int i = 0; i < 3; i++) {
            LocalRun run = job.newBuild();
            run.addAction(new CauseAction(new RetrainingCause("flights-push", "push")));
            run.finished(Result.FAILURE);
        }

        assertThat(github(PUSH).answer()).contains("The last 3 automatic retrainings put nothing into production");
    }

    @Test
    void shouldTakeTheEventAgainAfterTheConfigurationIsCorrected() throws Exception {
        configure("github", "main", "nobody");
        FakeExchange failed = github(PUSH);
        configure("github", "main", "retraining");

        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.answer()).doesNotContain("nobody'");
        assertThat(github(PUSH).status()).isEqualTo(202);
    }

    @Test
    void shouldNeedThePermissionToBuild() throws Exception {
        Permissions.use((who, what) -> what != Item.BUILD);

        assertThat(github(PUSH).status()).isEqualTo(500);
        assertThat(started).isEmpty();
    }

    @Test
    void shouldSayThatNothingStartedWhenTheQueueRefuses() throws Exception {
        LocalQueue.use((scheduled, quietPeriod, actions) -> null);

        assertThat(github(PUSH).status()).isEqualTo(500);
    }

    @Test
    void shouldTakePostsOfOrdinarySizeToKnownTriggersOnly() throws Exception {
        assertThat(new FakeExchange("GET", "/flights-push", Map.of(), new byte[0])
                        .through(endpoint)
                        .status())
                .isEqualTo(405);
        assertThat(post("/other", Map.of(), PUSH).status()).isEqualTo(404);
        assertThat(post("", Map.of(), PUSH).status()).isEqualTo(404);
        assertThat(post("/flights-push/more", Map.of(), PUSH).status()).isEqualTo(404);
        assertThat(post("/flights-push", Map.of(), "x".repeat(5 * 1024 * 1024 + 1))
                        .status())
                .isEqualTo(413);
    }
}
