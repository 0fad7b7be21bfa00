package io.mldelivery.retraining.local;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.retraining.budget.RetrainingBudget;
import io.mldelivery.retraining.webhook.SignatureScheme;
import io.mldelivery.retraining.webhook.WebhookEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which events start which Jenkinsfile, as {@code mldelivery serve} reads it from a file; docs/reference/retraining.md
 * describes the keys.
 *
 * @param name the last part of the address that events are sent to
 * @param sender how they are signed; empty when drift checks of {@code mldelivery run} ask instead of a sender
 * @param secretVariable the environment variable that holds the secret they are signed with; empty for drift checks
 * @param jenkinsfile the Jenkinsfile, or the folder that holds it
 * @param job the job's name; absent means the name of the Jenkinsfile's folder
 * @param subject the branch, alias or model that counts; absent means every one
 * @param parameters build parameters
 * @param budget how often events may start it
 */
public record LocalTrigger(
        String name,
        Optional<SignatureScheme> sender,
        Optional<String> secretVariable,
        Path jenkinsfile,
        Optional<String> job,
        Optional<String> subject,
        Map<String, String> parameters,
        RetrainingBudget budget) {
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";
    private static final Duration COOL_DOWN = Duration.ofHours(1);
    private static final long MAX_PER_DAY = 4;
    private static final long MAX_IN_VAIN = 3;
    private static final long MAX_WITHOUT_EFFECT = 2;

    private enum Sender {
        GITHUB,
        MLFLOW,
        DRIFT;

        Optional<SignatureScheme> scheme() {
            return this == DRIFT ? Optional.empty() : Optional.of(SignatureScheme.valueOf(name()));
        }
    }

    public LocalTrigger {
        parameters = new LinkedHashMap<>(parameters);
    }

    /**
     * Reads a file of triggers.
     *
     * @param folder what relative paths in it start from
     */
    public static List<LocalTrigger> parse(String source, String yaml, Path folder) {
        ConfigNode root = ConfigNode.parse(source, yaml).rejectUnknownKeys("triggers");
        List<LocalTrigger> triggers = new ArrayList<>();
        for (ConfigNode item : root.get("triggers").items()) {
            LocalTrigger trigger = parse(item, folder);
            if (triggers.stream().anyMatch(other -> other.name().equals(trigger.name()))) {
                throw item.get("name").wrong("the name '" + trigger.name() + "' stands here a second time");
            }
            triggers.add(trigger);
        }
        return List.copyOf(triggers);
    }

    private static LocalTrigger parse(ConfigNode item, Path folder) {
        item.rejectUnknownKeys(
                "name",
                "sender",
                "secret",
                "jenkinsfile",
                "job",
                "subject",
                "parameters",
                "coolDown",
                "maxPerDay",
                "maxInVain");
        Sender sender = item.get("sender").choice(Sender.class);
        return new LocalTrigger(
                name(item.get("name")),
                sender.scheme(),
                secret(item, sender),
                folder.resolve(item.get("jenkinsfile").text()),
                item.findText("job"),
                item.findText("subject"),
                parameters(item),
                budget(item, sender == Sender.DRIFT ? MAX_WITHOUT_EFFECT : MAX_IN_VAIN));
    }

    private static String name(ConfigNode node) {
        if (!node.text().matches(NAME)) {
            throw node.wrong(
                    "'" + node.text() + "' cannot be a part of an address",
                    "Use lower-case letters, digits and hyphens.");
        }
        return node.text();
    }

    private static Map<String, String> parameters(ConfigNode item) {
        Map<String, String> parameters = new LinkedHashMap<>();
        item.find("parameters")
                .ifPresent(all -> all.keys()
                        .forEach(key -> parameters.put(key, all.get(key).text())));
        return parameters;
    }

    private static Optional<String> secret(ConfigNode item, Sender sender) {
        if (sender != Sender.DRIFT) {
            return Optional.of(item.get("secret").text());
        }
        item.find("secret").ifPresent(secret -> {
            throw secret.wrong("a drift check signs nothing", "Remove this key.");
        });
        return Optional.empty();
    }

    private static RetrainingBudget budget(ConfigNode item, long maxInVain) {
        return new RetrainingBudget(
                item.findDuration("coolDown").orElse(COOL_DOWN),
                Math.toIntExact(item.findInteger("maxPerDay").orElse(MAX_PER_DAY)),
                Math.toIntExact(item.findInteger("maxInVain").orElse(maxInVain)));
    }

    /** Whether the event is about the branch or alias that counts. */
    public boolean concerns(WebhookEvent event) {
        return subject.isEmpty() || event.subject().equals(subject);
    }
}
