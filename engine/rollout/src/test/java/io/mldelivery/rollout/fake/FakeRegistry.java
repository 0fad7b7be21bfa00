package io.mldelivery.rollout.fake;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.rollout.control.ModelRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A registry in memory that can be away. */
public final class FakeRegistry implements ModelRegistry {
    private Optional<String> champion = Optional.empty();
    private final Set<String> broken = new HashSet<>();
    private final List<String> changes = new ArrayList<>();
    private boolean away;
    private String outOfReach = "";

    /** From now on, every call fails, or none. */
    public void away(boolean isAway) {
        away = isAway;
    }

    /** The files of this version make its server end at once. */
    public void breakModel(String version) {
        broken.add(version);
    }

    /** The files of this version lie where nobody here can read them. */
    public void outOfReach(String version) {
        outOfReach = version;
    }

    /** All changes of the alias in order. */
    public List<String> changes() {
        return changes;
    }

    @Override
    public Optional<String> champion(String model) {
        refuseWhenAway();
        return champion;
    }

    @Override
    public void champion(String model, Optional<String> version) {
        refuseWhenAway();
        if (!champion.equals(version)) {
            changes.add(version.orElse("none"));
        }
        champion = version;
    }

    @Override
    public void fetch(String model, String version, Path folder) {
        refuseWhenAway();
        if (version.equals(outOfReach)) {
            throw new DeliveryException(Code.CONFIG, "the model's files lie at s3://bucket", "Register it otherwise.");
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(broken.contains(version) ? "broken" : "model.onnx"), version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refuseWhenAway() {
        if (away) {
            throw new DeliveryException(Code.REGISTRY, "the registry does not answer", "Start it.");
        }
    }
}
