package io.mldelivery.gate.predictions;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where predictions lie.
 *
 * @param folder where relative names start
 * @param candidate the candidate's file: CSV, Parquet or JSON lines
 * @param champion the champion's file, with the same ids
 */
public record PredictionFiles(Path folder, String candidate, Optional<String> champion) {
    PredictionFiles alone(String file) {
        return new PredictionFiles(folder, file, Optional.empty());
    }
}
