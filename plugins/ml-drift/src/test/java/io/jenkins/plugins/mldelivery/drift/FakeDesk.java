package io.jenkins.plugins.mldelivery.drift;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.mldelivery.request.RetrainingAnswer;
import io.jenkins.plugins.mldelivery.request.RetrainingDesk;
import io.jenkins.plugins.mldelivery.request.RetrainingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what it is asked and gives the answer that a test put here; without one it knows no trigger. */
@Extension
public final class FakeDesk extends RetrainingDesk {
    static final List<RetrainingRequest> requests = new ArrayList<>();
    static RetrainingAnswer answer;

    @Override
    public Optional<RetrainingAnswer> request(Run<?, ?> by, RetrainingRequest request) {
        if (answer != null) {
            requests.add(request);
        }
        return Optional.ofNullable(answer);
    }
}
