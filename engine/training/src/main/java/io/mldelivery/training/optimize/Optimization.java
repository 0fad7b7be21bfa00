package io.mldelivery.training.optimize;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to optimise.
 *
 * @param model the folder with model.onnx
 * @param output the folder to make; it must not exist
 * @param rows rows to measure and compare with: a golden.json or JSON with {@code inputs}, also one a line
 * @param calibration rows to learn ranges from; only static quantization needs them
 * @param environment the lock file of the Python environment, with onnx and onnxruntime
 */
public record Optimization(
        OptimizationMethod method, Path model, Path output, Path rows, Optional<Path> calibration, Path environment) {}
