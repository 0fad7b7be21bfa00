package io.jenkins.plugins.mldelivery.rollout;

import io.mldelivery.rollout.control.RolloutReport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** What an agent tells about a rollout. Holds classes of the JDK and of this plugin only, as Remoting's filter wants. */
final class RolloutNews implements Serializable {
    private static final long serialVersionUID = 1L;

    final String id;
    final String targetName;
    final String version;
    final String state;
    final boolean finished;
    final String outcome;
    final String reason;
    final LinkedHashMap<String, Integer> weights;
    final long intervalMillis;
    final String address;
    final ArrayList<Event> events = new ArrayList<>();

    /** Something that happened; its data are JSON. */
    static final class Event implements Serializable {
        private static final long serialVersionUID = 1L;

        final String type;
        final String text;
        final String data;

        Event(String type, String text, String data) {
            this.type = type;
            this.text = text;
            this.data = data;
        }
    }

    RolloutNews(String targetName, String version, RolloutReport report) {
        this.id = report.id();
        this.targetName = targetName;
        this.version = version;
        this.state = report.state();
        this.finished = report.isFinished();
        this.outcome = report.outcome().name();
        this.reason = report.reason();
        this.weights = new LinkedHashMap<>(report.weights());
        this.intervalMillis = report.intervalMillis();
        this.address = report.address();
        report.events().forEach(event -> events.add(new Event(event.type(), event.text(), event.data())));
    }

    private RolloutNews(String targetName, String version, String address) {
        this.id = "";
        this.targetName = targetName;
        this.version = version;
        this.state = "promoted";
        this.finished = true;
        this.outcome = "PASS";
        this.reason = "version " + version + " serves on " + targetName + " already and is the champion";
        this.weights = new LinkedHashMap<>();
        this.weights.put(version, 100);
        this.intervalMillis = 0;
        this.address = address;
    }

    /** Nothing had to be done. */
    static RolloutNews servesAlready(String targetName, String version, String address) {
        return new RolloutNews(targetName, version, address);
    }
}
