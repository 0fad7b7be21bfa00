package io.mldelivery.registry;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the model among a run's artifacts. */
public final class ModelFolder {
    /** What a model's folder is recognised by: an ONNX model, or MLflow's own description of a model. */
    private static final Set<String> SIGNS = Set.of("model.onnx", "MLmodel");

    private ModelFolder() {}

    /**
     * Returns the folder's path, or fails when there is none or more than one.
     *
     * @param wanted where the model is; empty to look for it
     */
    public static String find(Artifacts artifacts, String runId, String wanted) {
        List<String> found = new ArrayList<>();
        String root = wanted.replaceAll("/+$", "");
        search(artifacts, runId, root, found);
        if (found.size() == 1) {
            return found.get(0);
        }
        String place = "the artifacts of run " + runId + (root.isEmpty() ? "" : " below " + root);
        if (found.isEmpty()) {
            throw new DeliveryException(
                    Code.REGISTRY,
                    "no model among " + place,
                    "Let the training write a model.onnx, and let trainModel's outputs include it.");
        }
        throw new DeliveryException(
                Code.REGISTRY,
                "more than one model among " + place + ": " + String.join(", ", found),
                "Name the one to register: registerModel(path: '" + found.get(0) + "', …).");
    }

    private static void search(Artifacts artifacts, String runId, String folder, List<String> found) {
        List<Artifact> entries = artifacts.list(runId, folder);
        if (entries.stream().anyMatch(entry -> !entry.folder() && SIGNS.contains(name(entry)))) {
            found.add(folder);
            return;
        }
        entries.stream().filter(Artifact::folder).forEach(entry -> search(artifacts, runId, entry.path(), found));
    }

    private static String name(Artifact entry) {
        return entry.path().substring(entry.path().lastIndexOf('/') + 1);
    }
}
