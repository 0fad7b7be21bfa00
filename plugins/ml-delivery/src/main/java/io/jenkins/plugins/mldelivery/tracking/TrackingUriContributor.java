package io.jenkins.plugins.mldelivery.tracking;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.model.EnvironmentContributor;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mldelivery.configuration.DeliveryConfiguration;

/** Gives builds the address of the configured MLflow server, unless their environment names one. No credentials. */
@Extension
public final class TrackingUriContributor extends EnvironmentContributor {
    @Override
    public void buildEnvironmentFor(@NonNull Run run, @NonNull EnvVars environment, @NonNull TaskListener listener) {
        String configured = DeliveryConfiguration.get().getTrackingUri();
        if (configured != null) {
            environment.putIfAbsent(TrackingEnvironment.URI, configured);
        }
    }
}
