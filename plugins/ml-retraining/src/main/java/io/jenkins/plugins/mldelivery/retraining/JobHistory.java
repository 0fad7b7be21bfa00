package io.jenkins.plugins.mldelivery.retraining;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.mldelivery.evidence.BuildEvidence;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.retraining.budget.PastRetraining;
import io.mldelivery.retraining.budget.PastRetraining.End;
import io.mldelivery.retraining.webhook.WebhookEvent.AliasSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a job's builds did, as their evidence tells it. Looks at the newest builds only. */
final class JobHistory {
    private static final int BUILDS = 100;

    private final List<Run<?, ?>> builds = new ArrayList<>();
    private final boolean waiting;

    JobHistory(Job<?, ?> job) {
        waiting = job.isInQueue();
        for (Run<?, ?> run = job.getLastBuild(); run != null && builds.size() < BUILDS; run = run.getPreviousBuild()) {
            builds.add(run);
        }
    }

    /** The same without one build, which asks for another. */
    JobHistory without(Run<?, ?> one) {
        builds.removeIf(run -> run.getExternalizableId().equals(one.getExternalizableId()));
        return this;
    }

    /** The builds as the budget sees them; one that waits in the queue counts as running. */
    List<PastRetraining> retrainings(Instant now) {
        List<PastRetraining> retrainings = new ArrayList<>();
        if (waiting) {
            retrainings.add(new PastRetraining(now, true, End.RUNNING));
        }
        for (Run<?, ?> run : builds) {
            boolean automatic = run.getCause(RetrainingCause.class) != null;
            retrainings.add(new PastRetraining(Instant.ofEpochMilli(run.getStartTimeInMillis()), automatic, end(run)));
        }
        return retrainings;
    }

    private static End end(Run<?, ?> run) {
        if (run.isBuilding()) {
            return End.RUNNING;
        }
        boolean promoted = BuildEvidence.of(run).events().stream().anyMatch(JobHistory::isPromotion);
        return promoted ? End.PROMOTED : End.IN_VAIN;
    }

    private static boolean isPromotion(EvidenceEvent event) {
        return event.type().equals("rollout.finished")
                && event.data().path("outcome").asText().equals("PASS");
    }

    /** Whether one of the builds set this alias to this version itself. */
    boolean did(AliasSet reported) {
        return builds.stream()
                .flatMap(run -> BuildEvidence.of(run).events().stream())
                .filter(event -> event.type().equals("alias.set"))
                .anyMatch(event -> event.data().path("name").asText().equals(reported.model())
                        && event.data().path("alias").asText().equals(reported.alias())
                        && event.data().path("version").asText().equals(reported.version()));
    }
}
