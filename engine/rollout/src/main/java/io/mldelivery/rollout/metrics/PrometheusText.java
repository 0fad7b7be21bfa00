package io.mldelivery.rollout.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prometheus' text exposition format, version 0.0.4, as far as reading samples needs it; OpenMetrics reads likewise. */
public final class PrometheusText {
    private PrometheusText() {}

    /** One sample. */
    public record Sample(String name, Map<String, String> labels, double value) {
        public Sample {
            labels = Map.copyOf(labels);
        }
    }

    /** All samples in order; a line that is none fails with its number. */
    public static List<Sample> parse(String text) {
        List<Sample> samples = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n")) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                samples.add(new Line(line, number).sample());
            }
        }
        return List.copyOf(samples);
    }

    private static final class Line {
        private final String text;
        private final int number;
        private int at;

        Line(String text, int number) {
            this.text = text;
            this.number = number;
        }

        Sample sample() {
            String name = until("{ \t");
            Map<String, String> labels = peek() == '{' ? labels() : Map.of();
            String rest = text.substring(at).trim();
            int end = rest.indexOf(' ');
            return new Sample(name, labels, value(end < 0 ? rest : rest.substring(0, end)));
        }

        private double value(String word) {
            try {
                return switch (word) {
                    case "+Inf" -> Double.POSITIVE_INFINITY;
                    case "-Inf" -> Double.NEGATIVE_INFINITY;
                    default -> Double.parseDouble(word);
                };
            } catch (NumberFormatException e) {
                throw wrong();
            }
        }

        private Map<String, String> labels() {
            Map<String, String> labels = new LinkedHashMap<>();
            at++;
            while (peek() != '}') {
                String name = until("=").trim();
                at++;
                labels.put(name, quoted());
                if (peek() == ',') {
                    at++;
                }
                while (peek() == ' ') {
                    at++;
                }
            }
            at++;
            return labels;
        }

        private String quoted() {
            if (peek() != '"') {
                throw wrong();
            }
            var value = new StringBuilder();
            for (at++; peek() != '"'; at++) {
                value.append(peek() == '\\' ? unescaped() : peek());
            }
            at++;
            return value.toString();
        }

        private char unescaped() {
            at++;
            return peek() == 'n' ? '\n' : peek();
        }

        private String until(String stops) {
            int start = at;
            while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            if (at == start) {
                throw wrong();
            }
            return text.substring(start, at);
        }

        private char peek() {
            if (at >= text.length()) {
                throw wrong();
            }
            return text.charAt(at);
        }

        private IllegalArgumentException wrong() {
            return new IllegalArgumentException("line " + number + " is no sample: " + text);
        }
    }
}
