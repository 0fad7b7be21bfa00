package io.mldelivery.cli;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.retraining.budget.RetrainingDecision;
import io.mldelivery.retraining.local.LocalTrigger;
import io.mldelivery.retraining.local.RetrainingLedger;
import io.mldelivery.retraining.webhook.WebhookEvent;
import io.mldelivery.retraining.webhook.WebhookEvent.AliasSet;
import io.mldelivery.runner.RunRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the builds that events start, each as a process of its own ({@code mldelivery run}), one a job at a time and
 * within the trigger's budget. Its output goes to {@code HOME/retraining-logs}. Closing ends the builds that run, as
 * Ctrl-C does.
 */
final class RetrainingBuilds implements AutoCloseable {
    private static final long GRACE_SECONDS = 30;
    private static final long POLL_MILLIS = 20;

    private final Path home;
    private final Path triggers;
    private final RetrainingLedger ledger;
    private final Clock clock;
    private final Set<String> secrets;
    private final Consumer<String> log;
    private final Map<String, Running> running = new LinkedHashMap<>();

    private record Running(long start, Process process) {}

    /**
     * @param triggers the file of triggers, which the builds get too, so that their drift checks may ask
     * @param secrets environment variables that the builds do not get
     */
    RetrainingBuilds(
            Path home,
            Path triggers,
            RetrainingLedger ledger,
            Clock clock,
            Collection<String> secrets,
            Consumer<String> log) {
        this.home = home;
        this.triggers = triggers.toAbsolutePath();
        this.ledger = ledger;
        this.clock = clock;
        this.secrets = Set.copyOf(secrets);
        this.log = log;
    }

    /** Starts the build that an event asks for, or says why it starts none. */
    synchronized RetrainingDecision start(LocalTrigger trigger, WebhookEvent event) {
        String job = job(trigger);
        boolean ownDoing = event instanceof AliasSet alias && ledger.did(job, alias);
        Optional<Long> current = Optional.ofNullable(running.get(job)).map(Running::start);
        RetrainingDecision decision = trigger.budget().decide(ledger.history(job, current), ownDoing, clock.instant());
        if (decision.starts()) {
            launch(trigger, job, event.summary());
        }
        log.accept(trigger.name() + ": " + event.summary() + ": " + decision.reason());
        return decision;
    }

    /** Starts a build that was decided about before. */
    synchronized void start(LocalTrigger trigger, String why) {
        launch(trigger, job(trigger), why);
        log.accept(trigger.name() + ": " + why + ": started " + job(trigger));
    }

    /** Waits until no build runs. */
    void await() throws InterruptedException {
        for (Running build = any(); build != null; build = any()) {
            build.process().waitFor();
            build.process().onExit().join();
            Thread.sleep(POLL_MILLIS); // its end is written by another thread
        }
    }

    private synchronized Running any() {
        return running.values().stream().findFirst().orElse(null);
    }

    static String job(LocalTrigger trigger) {
        return trigger.job()
                .orElseGet(
                        () -> RunRequest.of(jenkinsfile(trigger), Path.of(".")).job());
    }

    private static Path jenkinsfile(LocalTrigger trigger) {
        Path given = trigger.jenkinsfile();
        return Files.isDirectory(given) ? given.resolve("Jenkinsfile") : given;
    }

    private void launch(LocalTrigger trigger, String job, String why) {
        if (!Files.isReadable(jenkinsfile(trigger))) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "trigger " + trigger.name() + ": there is no " + jenkinsfile(trigger),
                    "Correct 'jenkinsfile' in the file of triggers.");
        }
        long start = ledger.started(trigger.name(), job, why);
        try {
            var build = new Running(start, process(command(trigger, job)));
            running.put(job, build);
            build.process().onExit().thenAccept(process -> ended(job, build));
        } catch (IOException e) {
            ledger.ended(start, Main.INTERNAL);
            throw new DeliveryException(
                    Code.ENVIRONMENT, "cannot start a build: " + e.getMessage(), "Free memory or disk space.", e);
        }
    }

    private Process process(List<String> command) throws IOException {
        Path folder = Files.createDirectories(home.resolve("retraining-logs"));
        String name = Instant.now(clock).toString().replace(':', '-') + ".log";
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name).toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().removeAll(secrets);
        return builder.start();
    }

    /** This program again, with the same Java and the same options. */
    private List<String> command(LocalTrigger trigger, String job) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "run"));
        command.addAll(List.of("-f", jenkinsfile(trigger).toString(), "--home", home.toString(), "--job", job));
        command.addAll(List.of("--triggers", triggers.toString()));
        trigger.parameters().forEach((key, value) -> command.addAll(List.of("-a", key + "=" + value)));
        return command;
    }

    /** Comes from the process's end and from {@link #close}; the first counts. */
    private synchronized void ended(String job, Running build) {
        if (running.remove(job, build)) {
            ledger.ended(build.start(), build.process().exitValue());
            log.accept(
                    job + ": the build ended with exit code " + build.process().exitValue());
        }
    }

    @Override
    public void close() {
        Map<String, Running> left;
        synchronized (this) {
            left = new LinkedHashMap<>(running);
        }
        left.values().forEach(build -> build.process().destroy());
        left.forEach((job, build) -> {
            await(build);
            ended(job, build);
        });
    }

    private static void await(Running build) {
        try {
            if (!build.process().waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                build.process().descendants().forEach(ProcessHandle::destroyForcibly);
                build.process().destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            build.process().destroyForcibly().onExit().join();
            Thread.currentThread().interrupt();
        }
    }
}
