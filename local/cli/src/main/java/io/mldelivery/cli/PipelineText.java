package io.mldelivery.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Tells from a Jenkinsfile's text what the launcher has to have ready for it. */
final class PipelineText {
    /** Steps that talk to MLflow, and the ways to bring in code that the text does not show. */
    private static final Pattern TRACKING = Pattern.compile(
            "\\b(trainModel|evaluateGate|registerModel|canaryDeploy|driftCheck|driftProfile|deliverModel|rollbackModel"
                    + "|optimizeModel|buildServingImage|MLFLOW_TRACKING_URI|library|load|evaluate)\\b|@Library");

    private PipelineText() {}

    /** Whether a Pipeline may talk to MLflow; not when the text cannot be read, which the run itself reports. */
    static boolean mayTrack(Path jenkinsfile) {
        try {
            return TRACKING.matcher(Files.readString(jenkinsfile)).find();
        } catch (IOException e) {
            return false;
        }
    }
}
