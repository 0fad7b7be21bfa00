package io.mldelivery.rollout.metrics;

import java.util.regex.Pattern;

/**
 * What a model server calls its Prometheus series.
 *
 * @param requests counter of answered requests
 * @param code its label that tells good from bad
 * @param success values of that label that mean success, as a regular expression
 * @param seconds histogram of response times, without {@code _bucket}; empty: it has none
 * @param unit seconds in one unit of the histogram
 * @param model label that names the model
 * @param version label that names the version
 * @param tellsPredictions whether it counts predicted classes and labels as our server does
 */
public record SeriesNames(
        String requests,
        String code,
        String success,
        String seconds,
        double unit,
        String model,
        String version,
        boolean tellsPredictions) {
    /** Our own server. */
    public static final SeriesNames OURS = new SeriesNames(
            "mldelivery_requests_total",
            "code",
            "[1-3]\\d\\d",
            "mldelivery_request_seconds",
            1,
            "model",
            "version",
            true);

    String labels(String modelName, String versionName) {
        return "{" + model + "=\"" + escaped(modelName) + "\"," + version + "=\"" + escaped(versionName) + "\"}";
    }

    String requests(String modelName, String versionName) {
        return requests + labels(modelName, versionName);
    }

    String histogram(String modelName, String versionName, String suffix) {
        return seconds + suffix + labels(modelName, versionName);
    }

    String codeLabel() {
        return code;
    }

    boolean isSuccess(String value) {
        return Pattern.matches(success, value);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
