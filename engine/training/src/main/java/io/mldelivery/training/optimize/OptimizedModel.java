package io.mldelivery.training.optimize;

/**
 * What optimising did.
 *
 * @param nodes operators of the new model, of which {@code quantizedNodes} work with integers
 * @param largestDifference between the numbers that both models compute for the same rows
 * @param changedLabels rows whose class is another
 * @param rows how many rows were compared
 * @param onnxruntime the version that did it
 * @param environmentDigest SHA-256 (hex) of the Python environment
 */
public record OptimizedModel(
        Measured before,
        Measured after,
        int nodes,
        int quantizedNodes,
        double largestDifference,
        int changedLabels,
        int rows,
        String onnxruntime,
        String environmentDigest) {

    /**
     * A model's file, and the time of one row in milliseconds on one thread.
     *
     * @param sha256 hex
     */
    public record Measured(String sha256, long bytes, double p50Ms, double p99Ms) {}
}
