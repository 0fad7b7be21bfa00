package io.mldelivery.rollout.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers the queries of PrometheusSource from simulated traffic: as much for each version as the router gives it. */
final class FakePrometheus implements AutoCloseable {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // otherwise each answer takes 40 ms
    }

    private static final Pattern VERSION = Pattern.compile("version=\"([^\"]+)\"");

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final Map<String, double[]> counts = new ConcurrentHashMap<>();
    private final Map<String, Double> failing = new ConcurrentHashMap<>();
    private final Map<String, Double> slow = new ConcurrentHashMap<>();
    private final IntSupplier weightOfNew;
    private String mode = "well";

    /** @param weightOfNew the share of version 2 */
    FakePrometheus(IntSupplier weightOfNew) throws IOException {
        this.weightOfNew = weightOfNew;
        server.createContext("/api/v1/query", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** This share of the version's requests fails. */
    void fails(String version, double share) {
        failing.put(version, share);
    }

    /** This share of the version's requests takes a second instead of some milliseconds. */
    void isSlow(String version, double share) {
        slow.put(version, share);
    }

    /** well, frozen, empty, nan or broken. */
    void mode(String name) {
        mode = name;
    }

    /** Users send this many requests. */
    void serve(double requests) {
        int share = weightOfNew.getAsInt();
        count("2", requests * share / 100.0);
        count("1", requests * (100 - share) / 100.0);
    }

    private void count(String version, double requests) {
        double bad = requests * failing.getOrDefault(version, 0.0);
        double[] all = counts.computeIfAbsent(version, any -> new double[2]);
        all[0] += requests - bad;
        all[1] += bad;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
        Matcher version = VERSION.matcher(query);
        String name = version.find() ? version.group(1) : "";
        double[] all = counts.getOrDefault(name, new double[2]);
        byte[] body = (mode.equals("broken")
                        ? "<html>"
                        : "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                                + result(query, all, slow.getOrDefault(name, 0.0)) + "]}}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String result(String query, double[] all, double slowShare) {
        if (mode.equals("empty")) {
            return "";
        }
        double time = Instant.now().toEpochMilli() / 1000.0 - (mode.equals("frozen") ? 120 : 0);
        if (query.contains("timestamp")) {
            return series("", String.valueOf(time));
        }
        if (query.contains("_bucket")) {
            return buckets(all[0] + all[1], slowShare);
        }
        if (query.contains("_seconds_sum")) {
            return series("", String.valueOf((all[0] + all[1]) * (0.02 + slowShare)));
        }
        if (query.contains("classes") || query.contains("feedback")) {
            return "";
        }
        String bad = mode.equals("nan") ? "NaN" : String.valueOf(Math.floor(all[1]));
        return series("\"code\":\"200\"", String.valueOf(Math.floor(all[0]))) + "," + series("\"code\":\"500\"", bad);
    }

    private static String buckets(double requests, double slowShare) {
        String fast = String.valueOf(Math.floor(requests * (1 - slowShare)));
        String all = String.valueOf(Math.floor(requests));
        return series("\"le\":\"0.05\"", fast) + "," + series("\"le\":\"0.25\"", fast) + ","
                + series("\"le\":\"2.5\"", all) + "," + series("\"le\":\"+Inf\"", all);
    }

    private static String series(String labels, String value) {
        return "{\"metric\":{" + labels + "},\"value\":[0,\"" + value + "\"]}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
