package io.mldelivery.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.model.Outcome;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.control.Rollouts;
import io.mldelivery.rollout.local.LocalRollouts;
import io.mldelivery.rollout.machine.Command;
import io.mldelivery.rollout.mlflow.LazyModels;
import io.mldelivery.rollout.targets.TargetFile;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code mldelivery rollout}: looks at rollouts on this machine and steers them, from the journal at the target; the build
 * that started them need not run any more.
 */
@picocli.CommandLine.Command(
        name = "rollout",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at rollouts on this machine and steers them, even when the build that started them is gone.",
            "promote and abort are left for the controlling build; without one, they are carried out at once.",
            "revert goes back to an earlier version of a target; stop ends all processes of a target.",
            "rbac prints the rights that a rollout in a cluster needs."
        })
final class RolloutCommand implements Callable<Integer> {
    private enum Action {
        status,
        promote,
        abort,
        stop,
        revert,
        rbac
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "status|promote|abort|revert|stop|rbac", description = "What to do.")
    private Action action;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ID",
            description = "The rollout, or for stop and revert the target (default: the only one there is).")
    private String id;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:MLDELIVERY_HOME:-.mldelivery}",
            description = "Where the targets are kept (default: ${DEFAULT-VALUE}).")
    private Path home;

    @Option(
            names = "--target",
            paramLabel = "FILE",
            description = "The file of a target on Kubernetes or behind HAProxy (default: targets below --home).")
    private Path targetFile;

    @Option(names = "--to", paramLabel = "VERSION", description = "For revert: the version (default: the one before).")
    private String version;

    @Option(
            names = "--account",
            paramLabel = "NAME",
            defaultValue = "mldelivery",
            description = "For rbac: the service account (default: ${DEFAULT-VALUE}).")
    private String account;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        var rollouts = new LocalRollouts(
                home.toAbsolutePath(), serving(), new LazyModels(this::connect), Clock.systemUTC(), System.getenv());
        if (targetFile != null) {
            return described(TargetFile.read(targetFile), rollouts);
        }
        return switch (action) {
            case status -> status(rollouts);
            case promote -> command(rollouts, Command.PROMOTE);
            case abort -> command(rollouts, Command.ABORT);
            case revert -> revert(rollouts.of(onlyTarget(rollouts)));
            case stop -> stop(rollouts);
            case rbac ->
                throw new DeliveryException(
                        Code.CONFIG, "which target shall the rights be for?", "Add --target target.yaml.");
        };
    }

    /** A target that a file describes. */
    private int described(TargetFile file, LocalRollouts local) throws InterruptedException {
        if (action == Action.rbac) {
            out().print(file.accessRules(account));
            return 0;
        }
        Rollouts rollouts = file.open(local, new LazyModels(this::connect), Clock.systemUTC(), System.getenv());
        return switch (action) {
            case status ->
                show(rollouts, id == null ? rollouts.ids().stream().reduce((first, last) -> last) : Optional.of(id));
            case promote ->
                show(
                        rollouts,
                        Optional.of(rollouts.command(id == null ? rollouts.underWay() : id, Command.PROMOTE)
                                .id()));
            case abort ->
                show(
                        rollouts,
                        Optional.of(rollouts.command(id == null ? rollouts.underWay() : id, Command.ABORT)
                                .id()));
            case revert -> revert(rollouts);
            case stop, rbac ->
                throw new DeliveryException(
                        Code.CONFIG,
                        "stop ends processes of targets below --home only",
                        "Delete the objects of the cluster, or leave --target out.");
        };
    }

    private int show(Rollouts rollouts, Optional<String> wanted) {
        List<Found> found = wanted.map(one -> new Found(rollouts.label(), rollouts.look(one))).stream()
                .toList();
        if (json) {
            print(found);
        } else if (found.isEmpty()) {
            out().println("no rollout on " + rollouts.label());
        } else {
            found.forEach(this::print);
        }
        return 0;
    }

    /** Does it itself, to the end: no build controls this. */
    private int revert(Rollouts rollouts) throws InterruptedException {
        RolloutReport report = rollouts.startReturn(Optional.ofNullable(version), "mldelivery rollout revert");
        while (!report.isFinished()) {
            Thread.sleep(200);
            report = rollouts.tick(report.id(), 0);
        }
        print(new Found(rollouts.label(), report));
        return report.outcome() == Outcome.PASS ? 0 : 1;
    }

    private String onlyTarget(LocalRollouts rollouts) {
        List<String> known = rollouts.targets();
        List<String> targets = id == null ? known : List.of(id);
        if (targets.size() != 1 || !known.contains(targets.get(0))) {
            throw new DeliveryException(
                    Code.CONFIG,
                    targets.size() > 1
                            ? "which target below " + home + " is meant?"
                            : "there is no target " + (id == null ? "" : id + " ") + "below " + home,
                    known.isEmpty()
                            ? "Roll a model out first, or name the folder of its target with --home."
                            : "Name one of: " + String.join(", ", known) + ".");
        }
        return targets.get(0);
    }

    private static Optional<Path> serving() {
        return Optional.ofNullable(System.getenv("MLDELIVERY_SERVING"))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    private Mlflow connect() {
        String uri = System.getenv("MLFLOW_TRACKING_URI");
        if (uri == null || uri.isBlank()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "MLFLOW_TRACKING_URI is not set, and the alias must be changed",
                    "Set it to the address of the MLflow server and run this command again.");
        }
        return Mlflow.connect(URI.create(uri), System.getenv());
    }

    /** A rollout and its target. */
    private record Found(String target, RolloutReport report) {}

    private List<Found> found(LocalRollouts rollouts) {
        List<Found> all = new ArrayList<>();
        for (String target : rollouts.targets()) {
            List<String> ids = rollouts.rollouts(target);
            for (String one : ids) {
                boolean wanted = id == null ? one.equals(ids.get(ids.size() - 1)) : one.equals(id);
                if (wanted) {
                    all.add(new Found("local/" + target, rollouts.look(target, one)));
                }
            }
        }
        return all;
    }

    private int status(LocalRollouts rollouts) {
        List<Found> all = found(rollouts);
        if (id != null && all.isEmpty()) {
            throw unknown();
        }
        if (json) {
            print(all);
        } else if (all.isEmpty()) {
            out().println("no rollout below " + home);
        } else {
            all.forEach(this::print);
        }
        return 0;
    }

    private int command(LocalRollouts rollouts, Command command) throws InterruptedException {
        Found one = single(found(rollouts).stream()
                .filter(found -> id != null || !found.report().isFinished())
                .toList());
        if (one.report().isFinished()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "rollout " + one.report().id() + " has ended: "
                            + one.report().reason(),
                    "Nothing is left to do.");
        }
        Found after = new Found(
                one.target(),
                rollouts.command(
                        one.target().substring("local/".length()), one.report().id(), command));
        if (json) {
            print(List.of(after));
        } else {
            print(after);
        }
        return 0;
    }

    private Found single(List<Found> candidates) {
        if (candidates.isEmpty()) {
            throw id == null
                    ? new DeliveryException(
                            Code.CONFIG,
                            "no rollout is under way below " + home,
                            "See: mldelivery rollout status --home " + home)
                    : unknown();
        }
        if (candidates.size() > 1) {
            throw new DeliveryException(
                    Code.CONFIG,
                    candidates.size() + " rollouts are under way below " + home,
                    "Name one: "
                            + String.join(
                                    ", ",
                                    candidates.stream()
                                            .map(one -> one.report().id())
                                            .toList()) + ".");
        }
        return candidates.get(0);
    }

    private DeliveryException unknown() {
        return new DeliveryException(
                Code.CONFIG,
                "there is no rollout " + id + " below " + home,
                "See: mldelivery rollout status --home " + home);
    }

    private int stop(LocalRollouts rollouts) throws InterruptedException {
        String target = onlyTarget(rollouts);
        rollouts.stop(target);
        out().println("local/" + target + " is stopped");
        return 0;
    }

    private void print(Found found) {
        RolloutReport report = found.report();
        out().println(report.id() + "  " + found.target() + "  " + report.state() + "  " + report.weights()
                + (report.address().isEmpty() ? "" : "  " + report.address()));
        out().println("  " + report.reason());
    }

    private void print(List<Found> all) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        var list = document.putArray("rollouts");
        for (Found found : all) {
            RolloutReport report = found.report();
            ObjectNode one = list.addObject();
            one.put("id", report.id()).put("target", found.target()).put("state", report.state());
            one.put("finished", report.isFinished())
                    .put("outcome", report.outcome().name());
            one.put("reason", report.reason()).put("address", report.address());
            var weights = one.putObject("weights");
            report.weights().forEach(weights::put);
        }
        out().println(document.toPrettyString());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
