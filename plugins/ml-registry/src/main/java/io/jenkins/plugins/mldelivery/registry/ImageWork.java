package io.jenkins.plugins.mldelivery.registry;

import hudson.AbortException;
import hudson.remoting.VirtualChannel;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.image.BuiltImage;
import io.mldelivery.registry.image.ImageOrder;
import io.mldelivery.registry.image.ServingImages;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/** Makes an image on the agent. Relative paths of tars and engines lie in the workspace. */
final class ImageWork extends MasterToSlaveFileCallable<ServingImage> {
    private static final long serialVersionUID = 1L;

    private static final String TAR = "tar:";

    private final String model;
    private final String base;
    private final String to;
    private final String engines;
    private final ArrayList<String> architectures;
    private final LinkedHashMap<String, String> labels;
    private final LinkedHashMap<String, String> environment;

    ImageWork(BuildServingImageStep step, Map<String, String> environment) {
        this.model = step.getModel();
        this.base = step.getBase();
        this.to = step.getTo();
        this.engines = step.getEngines();
        this.architectures = new ArrayList<>(step.architectureNames());
        this.labels = new LinkedHashMap<>(step.getLabels());
        this.environment = new LinkedHashMap<>(environment);
    }

    @Override
    public ServingImage invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("image");
        try (Mlflow mlflow = Mlflow.connect(TrackingServer.of(environment), environment)) {
            return build(mlflow, workspace.toPath(), scratch);
        } catch (DeliveryException e) {
            var failure = new AbortException(e.getMessage());
            failure.setStackTrace(e.getStackTrace());
            throw failure;
        } finally {
            Scratch.delete(scratch);
        }
    }

    private ServingImage build(Mlflow mlflow, Path workspace, Path scratch) throws IOException, InterruptedException {
        Optional<String> jars = engines.isEmpty()
                ? Optional.empty()
                : Optional.of(workspace.resolve(engines).toString());
        ImageOrder order =
                new ImageOrder(model, located(workspace, base), located(workspace, to), architectures, jars, labels);
        BuiltImage built = new ServingImages(mlflow, environment).build(order, scratch);
        return new ServingImage(
                built.model().name(),
                built.model().version(),
                built.modelDigest(),
                to,
                built.digest(),
                built.architectures());
    }

    private static String located(Path workspace, String place) {
        return place.startsWith(TAR)
                ? "tar://"
                        + workspace
                                .resolve(place.substring(TAR.length()).replaceFirst("^//", ""))
                                .toAbsolutePath()
                : place;
    }
}
