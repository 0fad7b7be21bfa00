package io.mldelivery.rollout.local;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.analysis.VersionCounts;
import io.mldelivery.rollout.control.Deployment;
import io.mldelivery.rollout.control.RolloutTarget;
import io.mldelivery.rollout.control.Split;
import io.mldelivery.rollout.machine.Instance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A model served by processes on this machine behind a HAProxy that is there anyway. Which of its two servers is whose is seen by
 * the port that it leads to.
 */
final class HaproxyTarget implements RolloutTarget {
    private final Path folder;
    private final String name;
    private final LocalTarget processes;
    private final HaproxyAccess access;
    private final HaproxySocket haproxy;

    /** @param processes what serves, without its proxy */
    HaproxyTarget(Path folder, String name, LocalTarget processes, HaproxyAccess access) {
        this.folder = folder;
        this.name = name;
        this.processes = processes;
        this.access = access;
        this.haproxy = new HaproxySocket(access);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> address() {
        return access.address();
    }

    @Override
    public Optional<Deployment> current() {
        return processes.current();
    }

    @Override
    public void current(Deployment deployment) {
        processes.current(deployment);
    }

    @Override
    public Instance instance(Deployment deployment) {
        return processes.instance(deployment);
    }

    @Override
    public void ensure(Deployment deployment, Optional<String> drill) {
        processes.ensure(deployment, drill);
    }

    @Override
    public boolean warm(Deployment deployment, List<String> bodies) {
        return processes.warm(deployment, bodies);
    }

    @Override
    public void stop(Deployment deployment, Duration drain) {
        processes.stop(deployment, drain);
    }

    @Override
    public VersionCounts counts(Deployment deployment) {
        return processes.processCounts(deployment);
    }

    @Override
    public Split split(Deployment candidate) {
        Optional<Integer> port = processes.servingPort(candidate);
        int mine = 0;
        int all = 0;
        for (HaproxySocket.Server server : haproxy.servers()) {
            all += server.weight();
            mine += port.filter(own -> own == server.port()).isPresent() ? server.weight() : 0;
        }
        return Split.weighted(all == 0 ? 0 : Math.round(100f * mine / all));
    }

    /** The version that gains comes first, so that at no moment nobody serves. */
    @Override
    public void split(Deployment candidate, Optional<Deployment> stable, Split split) {
        if (split.kind() != Split.Kind.WEIGHTED) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "HAProxy's runtime API can neither mirror requests nor assign users",
                    "Use strategy canary, rolling or blue-green, or the target local.");
        }
        Optional<Integer> oldPort = stable.flatMap(processes::servingPort);
        Optional<Integer> freshPort = processes.servingPort(candidate);
        String oldServer = oldPort.flatMap(this::serverOf).orElse(access.first());
        String freshServer = oldServer.equals(access.first()) ? access.second() : access.first();
        boolean forward = split.percent() > split(candidate).percent();
        Runnable fresh =
                () -> haproxy.set(freshServer, freshPort.orElse(0), freshPort.isPresent() ? split.percent() : 0);
        Runnable old = () -> haproxy.set(oldServer, oldPort.orElse(0), oldPort.isPresent() ? 100 - split.percent() : 0);
        (forward ? fresh : old).run();
        (forward ? old : fresh).run();
        keepState();
    }

    private Optional<String> serverOf(int port) {
        return haproxy.servers().stream()
                .filter(server -> server.port() == port && server.weight() > 0)
                .map(HaproxySocket.Server::name)
                .findFirst();
    }

    private void keepState() {
        if (access.stateFile().isEmpty()) {
            return;
        }
        Path file = Path.of(access.stateFile().get());
        Path temporary = folder.resolve("haproxy.state.new");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(haproxy.state().getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "cannot write " + file + ": " + e.getMessage(),
                    "Make the folder of HAProxy's server-state-file writable for this user.",
                    e);
        }
    }

    @Override
    public void replay(Deployment deployment, String file, double rate, Duration lease) {
        throw new DeliveryException(
                Code.CONFIG, "replay: " + name + " gets its traffic from its users", "Leave replay out of the plan.");
    }

    @Override
    public void endReplay() {
        // nothing is replayed here
    }
}
