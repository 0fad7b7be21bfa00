package io.jenkins.plugins.mldelivery.rollout;

import io.jenkins.plugins.mldelivery.outcome.StepOutcome;
import io.mldelivery.model.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code canaryDeploy} returns: whether the new version was promoted, and why. */
public final class RolloutOutcome extends StepOutcome {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String state;
    private final String version;
    private final String address;
    private final LinkedHashMap<String, Integer> weights;

    RolloutOutcome(RolloutNews news) {
        super(Outcome.valueOf(news.outcome), news.reason);
        this.id = news.id;
        this.state = news.state;
        this.version = news.version;
        this.address = news.address;
        this.weights = new LinkedHashMap<>(news.weights);
    }

    /** Of several with one verdict; versions and weights are told by {@code target/version}. */
    RolloutOutcome(GroupNews news) {
        super(Outcome.valueOf(news.outcome), news.reason());
        this.id = news.members.stream().map(member -> member.id).collect(Collectors.joining(","));
        this.state =
                news.members.stream().map(member -> member.state).distinct().collect(Collectors.joining(","));
        this.version = news.members.stream().map(member -> member.version).collect(Collectors.joining(","));
        this.address = news.members.stream()
                .map(member -> member.address)
                .filter(one -> !one.isEmpty())
                .collect(Collectors.joining(","));
        this.weights = news.weights();
    }

    /** Names the rollout in logs, in the evidence and for {@code mldelivery rollout}; empty when nothing had to be done. */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** {@code promoted}, {@code rolled-back} or {@code failed}. */
    @Whitelisted
    public String getState() {
        return state;
    }

    /** The version that was to be rolled out. */
    @Whitelisted
    public String getVersion() {
        return version;
    }

    /** Where the target answers. */
    @Whitelisted
    public String getAddress() {
        return address;
    }

    /** Percent of the traffic by version. */
    @Whitelisted
    public Map<String, Integer> getWeights() {
        return new LinkedHashMap<>(weights);
    }
}
