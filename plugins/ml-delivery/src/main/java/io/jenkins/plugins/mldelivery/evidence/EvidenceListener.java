package io.jenkins.plugins.mldelivery.evidence;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.mldelivery.evidence.EvidenceLog;
import io.mldelivery.evidence.Verification;
import io.mldelivery.model.DeliveryException;
import java.time.Instant;

/**
 * Ends the evidence of a build that has some, and writes its size and head into the build's log, so that lines cut off
 * the file later can be proved.
 */
@Extension
public final class EvidenceListener extends RunListener<Run<?, ?>> {
    @Override
    public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
        BuildEvidence evidence = BuildEvidence.of(run);
        if (!evidence.exists()) {
            return;
        }
        try {
            evidence.append(Verification.LAST_TYPE, BuildFacts.finished(run, Instant.now()));
            Verification verification = EvidenceLog.at(evidence.file()).verify();
            listener.getLogger()
                    .println("[ML Delivery] evidence: " + verification.events().size() + " events, head "
                            + verification.head());
        } catch (DeliveryException e) {
            listener.error("[ML Delivery] " + e.getMessage());
        }
    }
}
