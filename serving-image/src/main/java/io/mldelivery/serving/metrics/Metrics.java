package io.mldelivery.serving.metrics;

import io.mldelivery.serving.protobuf.ProtobufWriter;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * All metrics of a server by name and labels. Series are made on first use and kept until {@link #remove}; hold on to
 * what the methods return where a request passes. Safe for any number of threads.
 */
public final class Metrics {

    private static final String TOTAL = "_total";

    private final Map<String, Family> families = new ConcurrentSkipListMap<>();

    private record Family(String type, String help, Map<Labels, Object> series) {}

    public LongAdder counter(String name, String help, Labels labels) {
        return series(name, "counter", help, labels, LongAdder.class, LongAdder::new);
    }

    public Histogram histogram(String name, String help, Labels labels, double... bounds) {
        return series(name, "histogram", help, labels, Histogram.class, () -> new Histogram(bounds));
    }

    /** As {@link #histogram}, and a native histogram for scrapers that understand it. */
    public Histogram nativeHistogram(String name, String help, Labels labels, double... bounds) {
        return series(name, "histogram", help, labels, Histogram.class, () -> new Histogram(true, bounds));
    }

    /** A value that is asked for at each scrape; replaces the one before. */
    public void gauge(String name, String help, Labels labels, DoubleSupplier value) {
        family(name, "gauge", help).series().put(labels, value);
    }

    /** A total that something else counts, asked for at each scrape; replaces the one before. */
    public void total(String name, String help, Labels labels, DoubleSupplier value) {
        family(name, "counter", help).series().put(labels, value);
    }

    private <T> T series(String name, String type, String help, Labels labels, Class<T> of, Supplier<T> make) {
        return of.cast(family(name, type, help).series().computeIfAbsent(labels, key -> make.get()));
    }

    private Family family(String name, String type, String help) {
        Family family = families.computeIfAbsent(name, key -> new Family(type, help, new ConcurrentHashMap<>()));
        if (!family.type().equals(type)) {
            throw new IllegalArgumentException(name + " is a " + family.type());
        }
        return family;
    }

    /** Forgets the series of these labels and of all that have these and more. */
    public void remove(Labels labels) {
        for (Family family : families.values()) {
            family.series().keySet().removeIf(key -> (key.text() + ",").startsWith(labels.text() + ","));
        }
    }

    /** Prometheus' text format 0.0.4. */
    public String text() {
        StringBuilder text = new StringBuilder(8192);
        families.forEach((name, family) -> write(text, name, name, family, false));
        return text.toString();
    }

    /** OpenMetrics 1.0, which has exemplars and names counters without their suffix. */
    public String openMetrics() {
        StringBuilder text = new StringBuilder(8192);
        families.forEach((name, family) -> {
            boolean counter = family.type().equals("counter");
            String plain = counter && name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
            write(text, plain, name, family, true);
        });
        return text.append("# EOF\n").toString();
    }

    private static void write(StringBuilder text, String name, String sample, Family family, boolean openMetrics) {
        text.append("# HELP ").append(name).append(' ').append(family.help()).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(family.type()).append('\n');
        family.series().entrySet().stream()
                .sorted(Map.Entry.comparingByKey((a, b) -> a.text().compareTo(b.text())))
                .forEach(series -> write(text, sample, series.getKey(), series.getValue(), openMetrics));
    }

    private static void write(StringBuilder text, String name, Labels labels, Object series, boolean openMetrics) {
        if (series instanceof Histogram histogram) {
            histogram.write(text, name, labels, openMetrics);
            return;
        }
        text.append(name).append(labels.braced()).append(' ');
        text.append(
                series instanceof LongAdder counter
                        ? Long.toString(counter.sum())
                        : Numbers.plain(((DoubleSupplier) series).getAsDouble()));
        text.append('\n');
    }

    /** Prometheus' protobuf format: a stream of {@code io.prometheus.client.MetricFamily}, with native histograms. */
    public byte[] protobuf() {
        ByteArrayOutputStream all = new ByteArrayOutputStream(8192);
        families.forEach((name, family) -> {
            ProtobufWriter message = new ProtobufWriter();
            message.text(1, name).text(2, family.help()).unsigned(3, protobufType(family.type()));
            family.series()
                    .forEach((labels, series) -> message.message(4, metric -> write(metric, family, labels, series)));
            all.writeBytes(message.delimited());
        });
        return all.toByteArray();
    }

    private static int protobufType(String type) {
        return switch (type) {
            case "counter" -> 0;
            case "gauge" -> 1;
            default -> 4;
        };
    }

    private static void write(ProtobufWriter metric, Family family, Labels labels, Object series) {
        for (int i = 0; i < labels.pairs().size(); i += 2) {
            String name = labels.pairs().get(i);
            String value = labels.pairs().get(i + 1);
            metric.message(1, pair -> pair.text(1, name).text(2, value));
        }
        if (series instanceof Histogram histogram) {
            metric.message(7, histogram::write);
        } else {
            double value =
                    series instanceof LongAdder counter ? counter.sum() : ((DoubleSupplier) series).getAsDouble();
            metric.message(family.type().equals("counter") ? 3 : 2, inner -> inner.number(1, value));
        }
    }
}
