package io.jenkins.plugins.mldelivery.tracking;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.EnvVars;
import hudson.model.Run;
import io.jenkins.plugins.mldelivery.configuration.DeliveryConfiguration;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * The MLflow variables of a step: those of its environment, or, when that names no server, the server and the
 * credentials of the {@linkplain DeliveryConfiguration global configuration}. Credentials never reach the environment
 * of a build's own programs this way.
 */
public final class TrackingEnvironment {
    /** The variable with the server's address. */
    public static final String URI = "MLFLOW_TRACKING_URI";

    private static final String USER = "MLFLOW_TRACKING_USERNAME";
    private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
    private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";

    private TrackingEnvironment() {}

    /**
     * The variables to connect with; holds secrets, so keep it out of logs. Empty when no server is named anywhere.
     *
     * @param environment the step's
     */
    public static Map<String, String> of(Run<?, ?> run, EnvVars environment) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String name : List.of(URI, USER, PASSWORD, TOKEN)) {
            if (environment.get(name) != null) {
                variables.put(name, environment.get(name));
            }
        }
        String configured = DeliveryConfiguration.get().getTrackingUri();
        boolean own = variables.containsKey(URI) && !variables.get(URI).equals(configured);
        if (configured == null || own) {
            return variables;
        }
        variables.put(URI, configured);
        addCredentials(run, variables);
        return variables;
    }

    private static void addCredentials(Run<?, ?> run, Map<String, String> variables) {
        String id = DeliveryConfiguration.get().getCredentialsId();
        boolean given = variables.containsKey(TOKEN) || variables.containsKey(USER);
        if (id == null || given) {
            return;
        }
        var account = CredentialsProvider.findCredentialById(id, StandardUsernamePasswordCredentials.class, run);
        var token = CredentialsProvider.findCredentialById(id, StringCredentials.class, run);
        if (account != null) {
            variables.put(USER, account.getUsername());
            variables.put(PASSWORD, account.getPassword().getPlainText());
        } else if (token != null) {
            variables.put(TOKEN, token.getSecret().getPlainText());
        } else {
            throw new DeliveryException(
                    Code.CONFIG,
                    "the credentials '" + id + "' for the MLflow server are not there, or this build may not use them",
                    "Choose others under Manage Jenkins, System, ML Delivery.");
        }
    }
}
