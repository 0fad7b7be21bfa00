package io.jenkins.plugins.mldelivery.request;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.Optional;

/** Takes requests for retraining, holds them against a budget and starts builds. Called off the Pipeline's own thread. */
public abstract class RetrainingDesk implements ExtensionPoint {
    /**
     * Decides about a request and starts a build when it may.
     *
     * @param by the build that asks
     * @return empty when this desk knows no trigger of that name
     * @throws DeliveryException when the trigger's configuration does not let it
     */
    public abstract Optional<RetrainingAnswer> request(Run<?, ?> by, RetrainingRequest request);

    /**
     * Asks the first desk that knows the trigger.
     *
     * @throws DeliveryException when none does
     */
    public static RetrainingAnswer ask(Run<?, ?> by, RetrainingRequest request) {
        for (RetrainingDesk desk : ExtensionList.lookup(RetrainingDesk.class)) {
            Optional<RetrainingAnswer> answer = desk.request(by, request);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new DeliveryException(
                Code.CONFIG,
                "onDrift: retrain: there is no trigger '" + request.trigger() + "' for drift checks",
                "Add one with the sender drift: under Manage Jenkins, System, ML Delivery: retraining (plugin"
                        + " ml-retraining), or in the file of mldelivery run --triggers.");
    }
}
