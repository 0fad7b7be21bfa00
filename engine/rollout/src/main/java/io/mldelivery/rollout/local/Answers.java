package io.mldelivery.rollout.local;

import io.mldelivery.rollout.metrics.PrometheusText.Sample;
import java.util.List;

/**
 * What clients got of one version, as the proxy counted since it began. A request whose client did not wait is left out.
 *
 * @param all answered or given up
 * @param failed those without an answer, with half of one, or with a status of 400 or more
 */
record Answers(long all, long failed) {
    private static final String REQUESTS = "mldelivery_proxy_requests_total";

    static Answers of(String version, List<Sample> samples) {
        long all = 0;
        long failed = 0;
        for (Sample sample : samples) {
            String code = sample.labels().getOrDefault("code", "");
            boolean counts = sample.name().equals(REQUESTS)
                    && version.equals(sample.labels().get("version"))
                    && !code.equals("client-gone");
            all += counts ? (long) sample.value() : 0;
            failed += counts && !code.matches("[1-3]\\d\\d") ? (long) sample.value() : 0;
        }
        return new Answers(all, failed);
    }
}
