package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.kubernetes.Cluster;
import io.mldelivery.kubernetes.ResourceName;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.control.Journal;
import io.mldelivery.rollout.control.Journals;
import io.mldelivery.rollout.control.RecentJournals;
import io.mldelivery.rollout.machine.Command;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * Journals in the cluster itself: a ConfigMap for each rollout beside the target's objects, so that any machine with access to the
 * cluster can go on. Every save names the version that was read: of two controllers, only one gets its intention written
 * down, and what is not written down is not done.
 */
public final class ConfigMapJournals implements Journals {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Object IN_PROCESS = new Object();
    /** What this process knows of each cluster that it is connected to. */
    private static final Map<Cluster, RecentJournals> RECENT = Collections.synchronizedMap(new WeakHashMap<>());

    private static final String LATEST = "rollout";
    private static final Duration SILENCE = Duration.ofMinutes(5);
    private static final int KEPT = 10;
    private static final String JOURNAL = "journal";
    private static final String COMMAND = "command";

    private final Cluster cluster;
    private final String namespace;
    private final String target;
    private final Clock clock;
    private final RecentJournals recent;
    private String readId = "";
    private String read = "";
    private String version = "";
    /** The target's memory as it was when the latest rollout was asked for. */
    private Optional<JsonNode> memory = Optional.empty();

    public ConfigMapJournals(Cluster cluster, String namespace, String target, Clock clock) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.target = target;
        this.clock = clock;
        this.recent = RECENT.computeIfAbsent(cluster, any -> new RecentJournals());
    }

    private ResourceName map(String name) {
        return new ResourceName("v1", "ConfigMap", namespace, name);
    }

    private ResourceName of(String id) {
        return map(target + "-" + id.toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<Journal> journal(String id) {
        return cluster.known(of(id), Template.OURS).map(found -> {
            readId = id;
            version = found.path("metadata").path("resourceVersion").asText();
            read = found.path("data").path(JOURNAL).asText();
            return Thread.holdsLock(IN_PROCESS)
                    ? recent.get(key(id), read, () -> Journal.parse(read, of(id).toString()))
                    : Journal.parse(read, of(id).toString());
        });
    }

    private String key(String id) {
        return prefix() + id;
    }

    private String prefix() {
        return namespace + "/" + target + "/";
    }

    @Override
    public void keep(Journal journal) {
        recent.written(key(journal.id())).ifPresent(text -> recent.put(key(journal.id()), text, journal));
    }

    @Override
    public void save(Journal journal) {
        String text = journal.text();
        if (!readId.equals(journal.id())) {
            create(journal.id(), text);
            return;
        }
        try {
            replace(journal.id(), text);
        } catch (DeliveryException e) {
            retry(journal.id(), text, e);
        }
        recent.put(key(journal.id()), text, journal);
    }

    private void create(String id, String text) {
        ObjectNode map = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata")
                .put("name", of(id).name())
                .put("namespace", namespace)
                .putObject("labels")
                .put("app.kubernetes.io/managed-by", "mldelivery")
                .put(Template.TARGET_LABEL, target)
                .put("mldelivery.io/rollout", id);
        map.putObject("data").put(JOURNAL, text);
        remember(id, cluster.apply(map, true), text);
        forgetOld();
    }

    private void replace(String id, String text) {
        ObjectNode change = JSON.createObjectNode();
        change.putObject("metadata").put("resourceVersion", version);
        change.putObject("data").put(JOURNAL, text);
        remember(id, cluster.merge(of(id), change), text);
    }

    /** Somebody may have left a command meanwhile, which changes the object but not the journal. */
    private void retry(String id, String text, DeliveryException problem) {
        JsonNode now = cluster.find(of(id)).orElseThrow(() -> problem);
        if (!now.path("data").path(JOURNAL).asText().equals(read)) {
            throw new DeliveryException(
                    Code.SERVING,
                    "another controller has moved rollout " + id + " meanwhile",
                    "Nothing is wrong if you have just steered it from elsewhere; it is looked at again.",
                    problem);
        }
        version = now.path("metadata").path("resourceVersion").asText();
        replace(id, text);
    }

    private void remember(String id, JsonNode saved, String text) {
        readId = id;
        version = saved.path("metadata").path("resourceVersion").asText();
        read = text;
    }

    private void forgetOld() {
        List<String> all = ids();
        all.stream().limit(Math.max(0, all.size() - KEPT)).forEach(old -> cluster.delete(of(old)));
    }

    private ResourceName memory() {
        return TargetMemory.name(namespace, target);
    }

    @Override
    public Optional<String> latest() {
        memory = cluster.find(memory());
        return latest(memory);
    }

    private static Optional<String> latest(Optional<JsonNode> memory) {
        return memory.map(found -> found.path("data").path(LATEST).asText("")).filter(id -> !id.isEmpty());
    }

    /** Written only if nobody has written another one since: of two that begin at once, the API server lets one through. */
    @Override
    public void latest(String id) {
        Optional<String> before = latest(memory);
        while (!claimed(id)) {
            Optional<String> now = latest();
            if (!now.equals(before)) {
                cluster.delete(of(id));
                throw new DeliveryException(
                        Code.SERVING,
                        "kubernetes/" + namespace + "/" + target + ": rollout " + now.orElse("?")
                                + " has begun at the same moment",
                        "Wait for it, or end it with: mldelivery rollout abort " + now.orElse(""));
            }
        }
    }

    private boolean claimed(String id) {
        ObjectNode map = JSON.createObjectNode();
        map.putObject("data").put(LATEST, id);
        if (memory.isEmpty()) {
            TargetMemory.describe(map, namespace, target);
            return cluster.create(map).isPresent();
        }
        map.putObject("metadata")
                .put(
                        "resourceVersion",
                        memory.get().path("metadata").path("resourceVersion").asText());
        return cluster.mergeIfUnchanged(memory(), map).isPresent();
    }

    @Override
    public List<String> ids() {
        return cluster.list(map(""), Template.TARGET_LABEL + "=" + target + ",mldelivery.io/rollout").stream()
                .sorted(Comparator.comparing((JsonNode one) ->
                                one.path("metadata").path("creationTimestamp").asText())
                        .thenComparing(ConfigMapJournals::id))
                .map(ConfigMapJournals::id)
                .toList();
    }

    private static String id(JsonNode map) {
        return map.path("metadata").path("labels").path("mldelivery.io/rollout").asText();
    }

    @Override
    public void command(String id, Command command) {
        ObjectNode change = JSON.createObjectNode();
        change.putObject("data").put(COMMAND, command.name());
        cluster.merge(of(id), change);
    }

    @Override
    public Optional<Command> command(String id) {
        return cluster.known(of(id), Template.OURS)
                .map(found -> found.path("data").path(COMMAND).asText())
                .filter(text -> !text.isEmpty())
                .map(Command::valueOf);
    }

    @Override
    public void forgetCommand(String id) {
        ObjectNode change = JSON.createObjectNode();
        change.putObject("data").putNull(COMMAND);
        cluster.merge(of(id), change);
    }

    /** In this process one after the other; against other processes, every save is guarded. */
    @Override
    public <T> T exclusively(Supplier<T> action) {
        synchronized (IN_PROCESS) {
            readId = "";
            return recent.orForget(prefix(), action);
        }
    }

    /** The controller of a rollout may run anywhere: it is taken for gone when it has shown no life for some minutes. */
    @Override
    public boolean isOrphan(Journal journal) {
        return journal.heartbeat().plus(SILENCE).isBefore(clock.instant());
    }
}
