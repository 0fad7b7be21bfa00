package io.jenkins.plugins.mldelivery.rollout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.rollout.control.RolloutReport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

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
    final TargetText target;
    /** What is waited for before the rollout can begin; empty when it has begun. */
    final String waitsFor;

    final ArrayList<Event> events = new ArrayList<>();

    /** Something that happened; its data are JSON. */
    static final class Event implements Serializable {
        private static final long serialVersionUID = 1L;

        final String type;
        final String text;
        final String data;
        /** Addresses that are to get the text by mail. */
        final ArrayList<String> mailTo;

        Event(String type, String text, String data, List<String> mailTo) {
            this.type = type;
            this.text = text;
            this.data = data;
            this.mailTo = new ArrayList<>(mailTo);
        }
    }

    /** The target as its file described it when the rollout began; later looks need no workspace. */
    static final class TargetText implements Serializable {
        private static final long serialVersionUID = 1L;
        static final TargetText ON_AGENT = new TargetText("", "", "");

        final String source;
        final String yaml;
        final String template;

        TargetText(String source, String yaml, String template) {
            this.source = source;
            this.yaml = yaml;
            this.template = template;
        }
    }

    RolloutNews(String targetName, TargetText target, RolloutReport report) {
        this.target = target;
        this.waitsFor = "";
        this.id = report.id();
        this.targetName = targetName;
        this.version = report.version();
        this.state = report.state();
        this.finished = report.isFinished();
        this.outcome = report.outcome().name();
        this.reason = report.reason();
        this.weights = new LinkedHashMap<>(report.weights());
        this.intervalMillis = report.intervalMillis();
        this.address = report.address();
        report.events()
                .forEach(event -> events.add(new Event(event.type(), event.text(), event.data(), event.mailTo())));
    }

    private RolloutNews(String targetName, String version, String address, String waitsFor) {
        this.target = TargetText.ON_AGENT;
        this.waitsFor = waitsFor;
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

    /** The target is not free yet. */
    static RolloutNews waits(String targetName, String why) {
        return new RolloutNews(targetName, "", "", why);
    }

    /** Nothing had to be done, which is evidence too. */
    static RolloutNews servesAlready(String targetName, String target, String model, String version, String address) {
        RolloutNews news = new RolloutNews(targetName, version, address, "");
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.putObject("model").put("name", model).put("version", version);
        data.put("target", target).put("outcome", news.outcome).put("reason", news.reason);
        data.putObject("weights").put(version, 100);
        news.events.add(new Event("rollout.unneeded", news.reason, data.toString(), List.of()));
        return news;
    }
}
