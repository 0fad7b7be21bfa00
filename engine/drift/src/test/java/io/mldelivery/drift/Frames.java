package io.mldelivery.drift;

import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.report.AtomicFile;
import io.mldelivery.drift.verdict.DriftVerdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** Writes small tables into a folder and compares them. */
record Frames(Path folder) {
    void write(String name, String header, int rows, IntFunction<String> row) {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (int i = 0; i < rows; i++) {
            text.append(row.apply(i)).append('\n');
        }
        AtomicFile.write(folder.resolve(name), text.toString());
    }

    DriftCheck check(String policy) {
        return new DriftCheck(
                TableOptions.in(folder), DriftPolicy.parse("drift.yaml", policy.getBytes(StandardCharsets.UTF_8)));
    }

    DriftVerdict compare(String policy) {
        return check(policy).compare("r.csv", "c.csv");
    }
}
