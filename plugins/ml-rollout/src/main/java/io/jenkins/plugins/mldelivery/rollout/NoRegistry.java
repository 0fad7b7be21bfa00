package io.jenkins.plugins.mldelivery.rollout;

import io.mldelivery.rollout.control.ModelRegistry;
import java.nio.file.Path;
import java.util.Optional;

/** For work that only looks at a target: asking it for a model is a mistake of ours. */
final class NoRegistry implements ModelRegistry {
    @Override
    public Optional<String> champion(String model) {
        throw new UnsupportedOperationException("a decision is only written down");
    }

    @Override
    public void champion(String model, Optional<String> version) {
        throw new UnsupportedOperationException("a decision is only written down");
    }

    @Override
    public void fetch(String model, String version, Path folder) {
        throw new UnsupportedOperationException("a decision is only written down");
    }
}
