package io.mldelivery.retraining.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/** What a genuine delivery reports. */
public sealed interface WebhookEvent {
    /** One line for the log and the build's cause. */
    String summary();

    /** The value that a filter looks at: the branch of a push, the alias of a model. */
    Optional<String> subject();

    /**
     * Commits arrived on a branch.
     *
     * @param repository {@code owner/name}
     * @param branch the branch's name, without {@code refs/heads/}
     * @param commit the newest commit's id
     */
    record Push(String repository, String branch, String commit) implements WebhookEvent {
        @Override
        public String summary() {
            return "push of " + commit + " to " + branch + " of " + repository;
        }

        @Override
        public Optional<String> subject() {
            return Optional.of(branch);
        }
    }

    /** An alias of a registered model was set to a version. */
    record AliasSet(String model, String alias, String version) implements WebhookEvent {
        @Override
        public String summary() {
            return "alias " + alias + " of model " + model + " set to version " + version;
        }

        @Override
        public Optional<String> subject() {
            return Optional.of(alias);
        }
    }

    /** Anything else; starts nothing. */
    record Other(String kind) implements WebhookEvent {
        @Override
        public String summary() {
            return kind + " (starts nothing)";
        }

        @Override
        public Optional<String> subject() {
            return Optional.empty();
        }
    }

    /** What the delivery says; a body that cannot be read is {@link Other}. */
    static WebhookEvent of(SignatureScheme scheme, Delivery delivery) {
        try {
            JsonNode body = new ObjectMapper().readTree(delivery.body());
            return switch (scheme) {
                case GITHUB -> github(delivery, body);
                case MLFLOW -> mlflow(body);
            };
        } catch (JsonProcessingException e) {
            return new Other("a body that is not JSON");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
    }

    private static WebhookEvent github(Delivery delivery, JsonNode body) {
        String kind = delivery.header("X-GitHub-Event").orElse("?");
        String ref = body.path("ref").asText();
        boolean branch = ref.startsWith("refs/heads/");
        if (!kind.equals("push")
                || !branch
                || body.path("deleted").asBoolean()
                || isZero(body.path("after").asText())) {
            return new Other("GitHub event " + printable(kind));
        }
        return new Push(
                printable(body.path("repository").path("full_name").asText()),
                printable(ref.substring("refs/heads/".length())),
                printable(body.path("after").asText()));
    }

    /** An after of zeros is how a deleted branch is reported. */
    private static boolean isZero(String commit) {
        return commit.chars().allMatch(c -> c == '0');
    }

    private static WebhookEvent mlflow(JsonNode body) {
        String entity = body.path("entity").asText();
        String action = body.path("action").asText();
        JsonNode data = body.path("data");
        if (!entity.equals("model_version_alias") || !action.equals("created")) {
            return new Other("MLflow event " + printable(entity + "." + action));
        }
        return new AliasSet(
                printable(data.path("name").asText()),
                printable(data.path("alias").asText()),
                printable(data.path("version").asText()));
    }

    /** Text from outside on its way to a log: no line breaks or other control characters, at most 200 characters. */
    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 200 ? line : line.substring(0, 200);
    }
}
