package io.mldelivery.rollout.mlflow;

import io.mldelivery.registry.Mlflow;
import io.mldelivery.rollout.control.ModelRegistry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Connects to MLflow only when a rollout needs it: most of what ends a rollout does not. */
public final class LazyModels implements ModelRegistry {
    private final Supplier<Mlflow> connect;

    public LazyModels(Supplier<Mlflow> connect) {
        this.connect = connect;
    }

    @Override
    public Optional<String> champion(String model) {
        return with(models -> models.champion(model));
    }

    @Override
    public void champion(String model, Optional<String> version) {
        with(models -> {
            models.champion(model, version);
            return version;
        });
    }

    @Override
    public void fetch(String model, String version, Path folder) {
        with(models -> {
            models.fetch(model, version, folder);
            return folder;
        });
    }

    private <T> T with(Function<MlflowModels, T> use) {
        try (Mlflow mlflow = connect.get()) {
            return use.apply(new MlflowModels(mlflow));
        }
    }
}
