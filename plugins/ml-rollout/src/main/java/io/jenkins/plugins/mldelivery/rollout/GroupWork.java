package io.jenkins.plugins.mldelivery.rollout;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.mldelivery.rollout.OnAgent.Asked;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.rollout.control.RolloutGroup;
import io.mldelivery.rollout.control.RolloutGroup.Look;
import io.mldelivery.rollout.control.RolloutGroup.Member;
import io.mldelivery.rollout.control.RolloutGroup.Standings;
import io.mldelivery.rollout.control.RolloutReport;
import io.mldelivery.rollout.mlflow.MlflowModels;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jenkins.MasterToSlaveFileCallable;

/** One piece of the work of a group of rollouts, done on the agent. */
final class GroupWork extends MasterToSlaveFileCallable<GroupNews> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<RolloutSettings> settings;
    private final LinkedHashMap<String, String> environment;
    private final String owner;
    /** How the group stood at the last look; null: it is to begin. */
    private final GroupNews last;

    private final ArrayList<Integer> known;
    private final boolean aborted;

    private GroupWork(
            List<RolloutSettings> settings,
            Map<String, String> environment,
            String owner,
            GroupNews last,
            List<Integer> known,
            boolean aborted) {
        this.settings = new ArrayList<>(settings);
        this.environment = new LinkedHashMap<>(environment);
        this.owner = owner;
        this.last = last;
        this.known = new ArrayList<>(known);
        this.aborted = aborted;
    }

    static GroupWork start(List<RolloutSettings> settings, Map<String, String> environment, String owner) {
        return new GroupWork(settings, environment, owner, null, List.of(), false);
    }

    /** @param known for each member, how many of its events are recorded */
    static GroupWork look(
            GroupNews last, Map<String, String> environment, String owner, List<Integer> known, boolean aborted) {
        return new GroupWork(List.of(), environment, owner, last, known, aborted);
    }

    @Override
    public GroupNews invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        return OnAgent.connected(
                environment, (agent, models) -> last == null ? begin(agent, models, workspace.toPath()) : look(agent));
    }

    /** All begin, or none. */
    private GroupNews begin(OnAgent agent, MlflowModels models, Path workspace) throws InterruptedException {
        Optional<String> group = Optional.of("g" + UUID.randomUUID());
        List<Asked> asked = new ArrayList<>();
        for (RolloutSettings one : settings) {
            asked.add(agent.asked(workspace, models, one, owner, group));
        }
        Optional<String> busy = busy(asked);
        if (busy.isPresent()) {
            return GroupNews.waits(busy.get());
        }
        List<RolloutNews> begun = new ArrayList<>();
        try {
            for (Asked one : asked) {
                begun.add(new RolloutNews(
                        one.targetName(), one.target(), one.rollouts().start(one.request())));
            }
        } catch (DeliveryException e) {
            for (int i = begun.size() - 1; i >= 0; i--) {
                asked.get(i).rollouts().abort(begun.get(i).id);
            }
            throw e;
        }
        return new GroupNews(begun, begun.stream().map(any -> false).toList(), false, "INCONCLUSIVE");
    }

    private Optional<String> busy(List<Asked> asked) {
        boolean waits = settings.stream().anyMatch(one -> one.waits);
        return asked.stream()
                .filter(any -> waits)
                .flatMap(one -> one.rollouts().busy().map(why -> one.rollouts().label() + ": " + why).stream())
                .findFirst();
    }

    private GroupNews look(OnAgent agent) throws InterruptedException {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < last.members.size(); i++) {
            RolloutNews one = last.members.get(i);
            members.add(
                    new Member(agent.rollouts(one.target, one.targetName), one.id, last.returns.get(i), known.get(i)));
        }
        Standings standings = new RolloutGroup(members, owner).tick(aborted);
        List<RolloutNews> news = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            RolloutReport report = standings.members().get(i).report();
            news.add(new RolloutNews(last.members.get(i).targetName, last.members.get(i).target, report));
        }
        return new GroupNews(
                news,
                standings.members().stream().map(Look::returns).toList(),
                standings.finished(),
                standings.outcome().name());
    }
}
