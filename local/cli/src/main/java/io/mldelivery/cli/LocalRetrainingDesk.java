package io.mldelivery.cli;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.mldelivery.request.RetrainingAnswer;
import io.jenkins.plugins.mldelivery.request.RetrainingDesk;
import io.jenkins.plugins.mldelivery.request.RetrainingRequest;
import java.util.Optional;
import java.util.function.Function;

/** Takes what builds of {@code mldelivery run --triggers} ask for; without that option it knows no trigger. */
@Extension(ordinal = 1)
public final class LocalRetrainingDesk extends RetrainingDesk {
    private static volatile Function<RetrainingRequest, Optional<RetrainingAnswer>> office =
            request -> Optional.empty();

    /** Lets this answer from now on. */
    static void use(Function<RetrainingRequest, Optional<RetrainingAnswer>> newOffice) {
        office = newOffice;
    }

    @Override
    public Optional<RetrainingAnswer> request(Run<?, ?> by, RetrainingRequest request) {
        return office.apply(request);
    }
}
