package io.jenkins.plugins.mldelivery.retraining;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.mldelivery.request.RetrainingAnswer;
import io.jenkins.plugins.mldelivery.request.RetrainingDesk;
import io.jenkins.plugins.mldelivery.request.RetrainingRequest;
import java.time.Clock;
import java.util.Optional;

/** Takes the requests of drift checks for the triggers that an administrator made for them. */
@Extension
public final class DriftDesk extends RetrainingDesk {
    private final RetrainingStarter starter = new RetrainingStarter(Clock.systemUTC());

    @Override
    public Optional<RetrainingAnswer> request(Run<?, ?> by, RetrainingRequest request) {
        return RetrainingConfiguration.get()
                .find(request.trigger())
                .filter(RetrainingTrigger::isForDrift)
                .map(trigger -> starter.start(trigger, by, request))
                .map(answer -> new RetrainingAnswer(answer.outcome().equals("started"), answer.reason()));
    }
}
