package io.mldelivery.serving.model;

import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.wire.GoldenFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A model that is loaded, warmed up and, where its folder has golden rows, proven to compute what it should. */
public final class LoadedModel implements AutoCloseable {

    private final ModelOptions options;
    private final List<String> columns;
    private final Computation computation;

    private LoadedModel(ModelOptions options, List<String> columns, Computation computation) {
        this.options = options;
        this.columns = List.copyOf(columns);
        this.computation = computation;
    }

    /** Loads and proves the model of a folder; fails with a ServingException that says why, leaving nothing open. */
    public static LoadedModel load(Path folder, ModelOptions options) {
        Optional<GoldenFile> golden = GoldenFile.read(folder);
        ModelFile file = ModelFile.find(folder.toAbsolutePath().normalize(), options);
        Computation computation = Engines.load(file, options);
        try {
            golden.ifPresentOrElse(
                    rows -> GoldenRows.check(rows, computation, file.columns()), () -> WarmUp.run(computation));
            return new LoadedModel(options, file.columns(), computation);
        } catch (RuntimeException e) {
            computation.close();
            throw e;
        }
    }

    public ModelOptions options() {
        return options;
    }

    public Signature signature() {
        return computation.signature();
    }

    /** Names of the columns of a model with one matrix, where its folder tells them; else empty. */
    public List<String> columns() {
        return columns;
    }

    /** Engine and file format, as the Open Inference Protocol names platforms. */
    public String platform() {
        return computation.platform();
    }

    public List<Tensor> compute(List<Tensor> inputs) {
        return computation.compute(inputs);
    }

    @Override
    public void close() {
        computation.close();
    }
}
