package io.jenkins.plugins.mldelivery.evidence;

import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the first and the last event say about a build. */
final class BuildFacts {
    private BuildFacts() {}

    static Map<String, Object> started(Run<?, ?> run) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("job", run.getParent().getFullName());
        facts.put("number", run.getNumber());
        facts.put("startedAt", start(run).toString());
        facts.put("parameters", parameters(run));
        return facts;
    }

    /** The values that the build was started with; those of passwords stay out. */
    private static Map<String, String> parameters(Run<?, ?> run) {
        Map<String, String> parameters = new LinkedHashMap<>();
        ParametersAction action = run.getAction(ParametersAction.class);
        if (action != null) {
            for (ParameterValue parameter : action.getParameters()) {
                if (!parameter.isSensitive()) {
                    parameters.put(parameter.getName(), String.valueOf(parameter.getValue()));
                }
            }
        }
        return parameters;
    }

    static Map<String, Object> finished(Run<?, ?> run, Instant now) {
        Map<String, Object> facts = new LinkedHashMap<>();
        Result result = run.getResult();
        facts.put("result", result == null ? Result.SUCCESS.toString() : result.toString());
        facts.put("durationSeconds", Duration.between(start(run), now).toMillis() / 1000.0);
        return facts;
    }

    private static Instant start(Run<?, ?> run) {
        return Instant.ofEpochMilli(run.getStartTimeInMillis());
    }
}
