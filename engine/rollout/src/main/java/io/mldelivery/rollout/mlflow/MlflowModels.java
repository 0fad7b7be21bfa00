package io.mldelivery.rollout.mlflow;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.registry.Mlflow;
import io.mldelivery.registry.RegisteredVersion;
import io.mldelivery.rollout.control.ModelRegistry;
import java.nio.file.Path;
import java.util.Optional;

/** Champions and model files in MLflow. */
public final class MlflowModels implements ModelRegistry {
    private static final String CHAMPION = "champion";

    private final Mlflow mlflow;

    public MlflowModels(Mlflow mlflow) {
        this.mlflow = mlflow;
    }

    /** The version that {@code models:/name/3} or {@code models:/name@alias} names; fails when there is none. */
    public RegisteredVersion resolve(String uri) {
        return mlflow.models()
                .resolve(uri)
                .orElseThrow(() -> new DeliveryException(
                        Code.CONFIG, "the registry has no " + uri, "Register the model first, or correct the name."));
    }

    @Override
    public Optional<String> champion(String model) {
        return mlflow.models().byAlias(model, CHAMPION).map(RegisteredVersion::version);
    }

    @Override
    public void champion(String model, Optional<String> version) {
        Optional<String> now = champion(model);
        if (version.isPresent() && !version.equals(now)) {
            mlflow.models().setAlias(model, CHAMPION, version.get());
        } else if (version.isEmpty() && now.isPresent()) {
            mlflow.models().deleteAlias(model, CHAMPION);
        }
    }

    @Override
    public void fetch(String model, String version, Path folder) {
        if (mlflow.models().version(model, version).isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "the registry has no version " + version + " of " + model,
                    "Was it deleted? Register it again.");
        }
        mlflow.artifacts().fetch(mlflow.models().address(model, version), folder);
    }
}
