package io.mldelivery.cli;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.retraining.local.LocalTrigger;
import io.mldelivery.retraining.local.RetrainingLedger;
import io.mldelivery.retraining.webhook.DeliveryMemory;
import io.mldelivery.retraining.webhook.WebhookInbox;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mldelivery serve}: signed events from other systems start Jenkinsfiles here, as in Jenkins. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Waits for signed events at /ml-delivery-webhook/NAME and starts the Jenkinsfiles they ask for.")
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--triggers", paramLabel = "FILE", required = true, description = "The triggers, in YAML.")
    private Path triggers;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:MLDELIVERY_HOME:-.mldelivery}",
            description = "Keeps builds and what was delivered (default: ${DEFAULT-VALUE}).")
    private Path home;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (default: ${DEFAULT-VALUE}).")
    private String address;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "The port; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        home = home.toAbsolutePath().normalize();
        List<LocalTrigger> known = TriggersFile.read(triggers);
        known.forEach(ServeCommand::check);
        var ledger = new RetrainingLedger(home.resolve("retraining.jsonl"), home, Clock.systemUTC());
        List<String> secrets = known.stream()
                .flatMap(trigger -> trigger.secretVariable().stream())
                .toList();
        try (var builds = new RetrainingBuilds(home, triggers, ledger, Clock.systemUTC(), secrets, this::print);
                WebhookServer server = WebhookServer.start(
                        new InetSocketAddress(address, port), known, inbox(), builds::start, System::getenv)) {
            Runtime.getRuntime().addShutdownHook(new Thread(builds::close));
            print("Listening at " + server.address() + "ml-delivery-webhook/NAME");
            Thread.currentThread().join(); // until the process is told to end
        }
        return 0;
    }

    /** Without its secret a trigger would refuse everything; better said now than found in a log. */
    private static void check(LocalTrigger trigger) {
        trigger.secretVariable().ifPresent(variable -> {
            String secret = System.getenv(variable);
            if (secret == null || secret.isBlank()) {
                throw new DeliveryException(
                        Code.CONFIG,
                        "trigger " + trigger.name() + ": the environment variable " + variable + " is not set",
                        "Put the secret that the sender signs with into it, for example with a file that only you can read.");
            }
        });
    }

    private WebhookInbox inbox() {
        return new WebhookInbox(new DeliveryMemory(home.resolve("retraining-deliveries")), Clock.systemUTC());
    }

    private synchronized void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
