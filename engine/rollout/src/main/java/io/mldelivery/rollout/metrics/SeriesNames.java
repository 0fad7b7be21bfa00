package io.mldelivery.rollout.metrics;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a model server calls its Prometheus series.
 *
 * @param alive a series that is there before the first request; empty: it has none
 * @param requests counter of answered requests; several, separated by {@code |}, when {@code code} is {@code __name__}
 * @param code its label that tells good from bad
 * @param success values of that label that mean success, as a regular expression
 * @param seconds histogram of response times, without {@code _bucket}; empty: it has none
 * @param unit seconds in one unit of the histogram
 * @param model label that names the model; empty: it serves only one
 * @param version label that names the version
 * @param tellsPredictions whether it counts predicted classes and labels as our server does
 */
public record SeriesNames(
        String alive,
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
            "",
            "mldelivery_requests_total",
            "code",
            "[1-3]\\d\\d",
            "mldelivery_request_seconds",
            1,
            "model",
            "version",
            true);

    /** NVIDIA Triton: one counter of successes and one of failures; no histogram of times. */
    public static final SeriesNames TRITON = new SeriesNames(
            "",
            "nv_inference_request_success|nv_inference_request_failure",
            "__name__",
            "nv_inference_request_success",
            "",
            1,
            "model",
            "version",
            false);

    /** TorchServe with {@code metrics_mode=prometheus}: a counter for each class of status, of the whole server. */
    public static final SeriesNames TORCHSERVE = new SeriesNames(
            "", "Requests2XX|Requests4XX|Requests5XX", "__name__", "Requests2XX", "", 1, "", "version", false);

    /**
     * DJL Serving with {@code SERVING_PROMETHEUS=true}: a counter for each class of status, of the whole server. Its histograms
     * of microseconds have bounds for seconds, so nothing can be told from them.
     */
    public static final SeriesNames DJL_SERVING = new SeriesNames(
            "DJLServingStart_total",
            "Response_2XX_total|Response_4XX_total|Response_5XX_total",
            "__name__",
            "Response_2XX_total",
            "",
            1,
            "",
            "version",
            false);

    /** TensorFlow Serving with a monitoring configuration; times are in microseconds. */
    public static final SeriesNames TF_SERVING = new SeriesNames(
            "",
            ":tensorflow:serving:request_count",
            "status",
            "OK",
            ":tensorflow:serving:request_latency",
            1e-6,
            "model_name",
            "version",
            false);

    String labels(String modelName, String versionName) {
        String wanted = version + "=\"" + escaped(versionName) + "\"}";
        return model.isEmpty() ? "{" + wanted : "{" + model + "=\"" + escaped(modelName) + "\"," + wanted;
    }

    /** Several counters are selected by their names. */
    String requests(String modelName, String versionName) {
        String labels = labels(modelName, versionName);
        return requests.contains("|") ? "{__name__=~\"" + requests + "\"," + labels.substring(1) : requests + labels;
    }

    /** The series by whose samples it is told how old they are. */
    String first(String modelName, String versionName) {
        return ages().get(0) + labels(modelName, versionName);
    }

    /** A query for the time of the oldest of them; a server may have counted only failures so far. */
    String age(String modelName, String versionName) {
        String labels = labels(modelName, versionName);
        return ages().stream()
                .map(name -> "timestamp(" + name + labels + ")")
                .collect(Collectors.joining(" or ", "min(", ")"));
    }

    private List<String> ages() {
        return alive.isEmpty() ? List.of(requests.split("\\|")) : List.of(alive);
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
