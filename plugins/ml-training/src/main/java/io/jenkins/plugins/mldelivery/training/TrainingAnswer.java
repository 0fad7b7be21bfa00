package io.jenkins.plugins.mldelivery.training;

import io.mldelivery.digest.FileDigest;
import io.mldelivery.training.TrainingRecord;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A successful training as the agent tells it: JDK classes only. */
final class TrainingAnswer implements Serializable {
    private static final long serialVersionUID = 1L;

    final String runId;
    final String experimentId;
    final LinkedHashMap<String, Double> metrics;
    final ArrayList<String> outputs = new ArrayList<>();
    final boolean cached;
    final double seconds;
    final LinkedHashMap<String, Object> evidence;

    TrainingAnswer(TrainingRecord record, boolean cached, String commit) {
        this.runId = record.runId();
        this.experimentId = record.experimentId();
        this.metrics = new LinkedHashMap<>(record.metrics());
        record.outputs().forEach(output -> outputs.add(output.path()));
        this.cached = cached;
        this.seconds = record.durationSeconds();
        this.evidence = evidence(record, cached, commit);
    }

    private static LinkedHashMap<String, Object> evidence(TrainingRecord record, boolean cached, String commit) {
        LinkedHashMap<String, Object> event = new LinkedHashMap<>();
        event.put("outcome", "PASS");
        event.put("cached", cached);
        event.put("runId", record.runId());
        event.put("experiment", record.experiment());
        event.put("script", record.script());
        event.put("commit", commit);
        event.put("seed", record.seed());
        event.put("python", record.pythonVersion());
        event.put("environmentDigest", record.environmentDigest());
        event.put("inputsDigest", record.inputsDigest());
        event.put("code", files(record.code()));
        event.put("data", files(record.data()));
        event.put("parameters", new LinkedHashMap<>(record.parameters()));
        event.put("metrics", new LinkedHashMap<>(record.metrics()));
        event.put("outputs", files(record.outputs()));
        event.put("durationSeconds", record.durationSeconds());
        return event;
    }

    private static ArrayList<Map<String, Object>> files(List<FileDigest> digests) {
        ArrayList<Map<String, Object>> files = new ArrayList<>();
        for (FileDigest digest : digests) {
            LinkedHashMap<String, Object> file = new LinkedHashMap<>();
            file.put("path", digest.path());
            file.put("sha256", digest.sha256());
            file.put("bytes", digest.bytes());
            files.add(file);
        }
        return files;
    }

    TrainingResult result() {
        return new TrainingResult(runId, experimentId, metrics, outputs, cached);
    }
}
