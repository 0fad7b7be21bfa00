package io.jenkins.plugins.mldelivery.gate;

import io.jenkins.plugins.mldelivery.outcome.StepOutcome;
import io.mldelivery.model.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code evaluateGate} returns to the Pipeline script. */
public final class GateOutcome extends StepOutcome {
    private static final long serialVersionUID = 1L;

    private final String runId;
    private final String url;
    private final ArrayList<LinkedHashMap<String, Object>> rules;

    GateOutcome(Outcome outcome, String reason, String runId, String url, List<LinkedHashMap<String, Object>> rules) {
        super(outcome, reason);
        this.runId = runId;
        this.url = url;
        this.rules = new ArrayList<>(rules);
    }

    /** The MLflow run that was judged; null when the candidate was a file. */
    @Whitelisted
    public String getRunId() {
        return runId;
    }

    /** The address of the build's report; relative when Jenkins does not know its own address. */
    @Whitelisted
    public String getUrl() {
        return url;
    }

    /**
     * One map for each rule and slice, with the keys {@code name, metric, kind, severity, outcome, reason} and, where
     * they exist, {@code slice, candidate, champion, difference, low, high, waivedBy}.
     */
    @Whitelisted
    public List<Map<String, Object>> getRules() {
        List<Map<String, Object>> copies = new ArrayList<>();
        rules.forEach(rule -> copies.add(new LinkedHashMap<>(rule)));
        return copies;
    }
}
