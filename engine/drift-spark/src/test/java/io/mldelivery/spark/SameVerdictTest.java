package io.mldelivery.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mldelivery.data.TableOptions;
import io.mldelivery.drift.DriftCheck;
import io.mldelivery.drift.duckdb.DuckDbEngine;
import io.mldelivery.drift.engine.DriftEngine;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.profile.Profile;
import io.mldelivery.drift.profile.ProfileFile;
import io.mldelivery.drift.report.DriftJson;
import io.mldelivery.drift.verdict.DriftVerdict;
import io.mldelivery.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameVerdictTest {
    private static final int SETS = 50;

    /** So many are compared with the reference itself, the others with its profile, which takes half as many jobs. */
    private static final int TWO_TABLES = 10;

    /** By the last one fewer rows are drawn than there are, so the engines look at different rows. */
    private static final List<String> POLICIES = List.of(
            "policy: calibrated",
            "policy: psi",
            "policy: evidently",
            "{policy: calibrated, joint: {domainClassifier: 0.6}, segments: 3}",
            "{policy: calibrated, sample: {rows: 1000, seed: 3}}");

    @TempDir
    private static Path folder;

    private static DuckDbEngine duckdb;
    private static SparkEngine spark;

    @BeforeAll
    static void generate() throws Exception {
        new GeneratedSets(folder).write(SETS);
        duckdb = new DuckDbEngine(TableOptions.in(folder).withTemporary(folder));
        spark = LocalSpark.engine(folder);
    }

    private static DriftPolicy policy(int set) {
        return DriftPolicy.parse(
                "drift.yaml", POLICIES.get(set % POLICIES.size()).getBytes(StandardCharsets.UTF_8));
    }

    private static DriftVerdict check(DriftEngine engine, int set) {
        var check = new DriftCheck(engine, policy(set), Optional.empty());
        String current = "c" + set + ".parquet";
        if (set < TWO_TABLES) {
            return check.compare("r" + set + ".parquet", current);
        }
        Profile reference = new DriftCheck(duckdb, policy(set), Optional.empty()).profile("r" + set + ".parquet");
        return check.compare(reference, current);
    }

    private static List<String> drifted(DriftVerdict verdict) {
        return verdict.drifted().stream().map(column -> column.name()).toList();
    }

    @Test
    void shouldAgreeWithDuckDbOnFiftyGeneratedSets() {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (int set = 0; set < SETS; set++) {
            DriftVerdict own = check(duckdb, set);
            DriftVerdict other = check(spark, set);
            assertThat(other.outcome()).as("set %d", set).isEqualTo(own.outcome());
            assertThat(drifted(other)).as("set %d", set).isEqualTo(drifted(own));
            if (!own.measured().sampled()) {
                assertThat(DriftJson.of(other)).as("set %d", set).isEqualTo(DriftJson.of(own));
            }
            outcomes.merge(own.outcome(), 1, Integer::sum);
        }
        assertThat(outcomes).containsKeys(Outcome.PASS, Outcome.FAIL);
    }

    @Test
    void shouldWriteAndReadTheSameProfile() throws Exception {
        DriftPolicy policy = DriftPolicy.calibrated();
        byte[] own = ProfileFile.write(new DriftCheck(duckdb, policy, Optional.empty()).profile("r1.parquet"));
        byte[] other = ProfileFile.write(new DriftCheck(spark, policy, Optional.empty()).profile("r1.parquet"));
        assertThat(other).isEqualTo(own);
        Files.write(folder.resolve("r1.profile"), other);
        JsonNode left =
                DriftJson.of(new DriftCheck(duckdb, policy, Optional.empty()).compare("r1.profile", "c1.parquet"));
        JsonNode right =
                DriftJson.of(new DriftCheck(spark, policy, Optional.empty()).compare("r1.profile", "c1.parquet"));
        assertThat(right).isEqualTo(left);
        assertThat(left.get("outcome").asText()).isEqualTo("FAIL");
    }
}
