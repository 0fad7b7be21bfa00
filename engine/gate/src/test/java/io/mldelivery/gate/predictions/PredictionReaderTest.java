package io.mldelivery.gate.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.gate.policy.PredictionColumns;
import io.mldelivery.gate.policy.PredictionColumns.Task;
import io.mldelivery.gate.policy.SliceSpec;
import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionReaderTest {
    @TempDir
    private Path folder;

    private EvaluationSet read(String candidate, String champion, PredictionColumns columns, SliceSpec... slices)
            throws IOException {
        Files.writeString(folder.resolve("new.csv"), candidate.replace("\\n", "\n"));
        if (champion != null) {
            Files.writeString(folder.resolve("old.csv"), champion.replace("\\n", "\n"));
        }
        var files = new PredictionFiles(
                folder, "new.csv", Optional.ofNullable(champion).map(text -> "old.csv"));
        return PredictionReader.read(files, columns, Optional.empty(), List.of(slices));
    }

    private EvaluationSet read(String candidate, String champion) throws IOException {
        return read(candidate, champion, PredictionColumns.standard());
    }

    @Test
    void shouldPairRowsByIdWhateverTheirOrder() throws IOException {
        EvaluationSet set = read("id,y,score\\n3,1,0.9\\n1,0,0.2\\n2,1,0.4\\n", "id,score\\n1,0.1\\n2,0.8\\n3,0.7\\n");
        assertThat(set.task()).isEqualTo(Task.BINARY);
        assertThat(set.label()).containsExactly(0, 1, 1);
        assertThat(set.candidate().score()).containsExactly(0.2, 0.4, 0.9);
        assertThat(set.candidate().predicted()).containsExactly(0, 0, 1);
        assertThat(set.champion().orElseThrow().score()).containsExactly(0.1, 0.8, 0.7);
    }

    @Test
    void shouldReadLabelsAsTextAndTruth() throws IOException {
        assertThat(read("y,score\\ntrue,0.9\\nfalse,0.1\\n", null).label()).containsExactly(1, 0);
        var columns = new PredictionColumns(
                "id",
                "y",
                "score",
                "prediction",
                "weight",
                Optional.of("late"),
                0.5,
                Optional.empty(),
                "group",
                true,
                List.of());
        assertThat(read("y,score\\nlate,0.9\\nontime,0.1\\n", null, columns).label())
                .containsExactly(1, 0);
    }

    @Test
    void shouldReadSeveralClassesValuesAndWeights() throws IOException {
        EvaluationSet classes = read("y,prediction,weight\\na,b,1\\nb,b,2\\nc,a,0.5\\n", null);
        assertThat(classes.task()).isEqualTo(Task.MULTICLASS);
        assertThat(classes.classes()).containsExactly("a", "b", "c");
        assertThat(classes.candidate().predicted()).containsExactly(1, 1, 0);
        assertThat(classes.weight()).containsExactly(1, 2, 0.5);
        EvaluationSet values = read("y,score\\n1.5,1.4\\n2.5,2\\n0.1,0\\n", null);
        assertThat(values.task()).isEqualTo(Task.REGRESSION);
        assertThat(values.y()).containsExactly(1.5, 2.5, 0.1);
    }

    @Test
    void shouldCutSlicesByColumnAndCondition() throws IOException {
        var column = new SliceSpec(Optional.of("carrier"), Optional.empty(), "carrier", 2, false);
        var evening = new SliceSpec(Optional.empty(), Optional.of("hour >= 18 and score < 0.95"), "evening", 2, false);
        EvaluationSet set = read(
                "id,y,score,carrier,hour\\n1,1,0.9,AA,18\\n2,0,0.1,B6,9\\n3,0,0.3,,20\\n",
                "id,y,score,hour\\n1,1,0.9,18\\n2,0,0.1,9\\n3,0,0.3,20\\n",
                PredictionColumns.standard(),
                column,
                evening);
        assertThat(set.slices("carrier").orElseThrow().values()).containsExactly("AA", "B6", "(missing)");
        assertThat(set.slices("evening").orElseThrow().codes()).containsExactly(0, -1, 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            y,score                                  |                              | there is no row
            y,scor\\n1,0.5\\n                        |                              | neither a column 'score' nor 'prediction'
            label,score\\n1,0.5\\n                   |                              | there is no column 'y'
            y,score\\n1,0.5\\n0,\\n                  |                              | 'score' is missing, NaN or infinite in 1 of 2 rows
            y,score\\n1,0.5\\n0,nan\\n               |                              | 'score' is missing, NaN or infinite in 1 of 2 rows
            y,score\\n1,0.5\\n0,inf\\n               |                              | 'score' is missing, NaN or infinite in 1 of 2 rows
            y,score\\n1,high\\n0,low\\n              |                              | holds VARCHAR, not numbers
            y,score\\n1,0.5\\n,0.4\\n                |                              | 'y' is missing in 1 of 2 rows
            y,score\\nlate,0.5\\nontime,0.4\\n       |                              | which label is the positive one?
            y,score,weight\\n1,0.5,-1\\n0,0.1,1\\n   |                              | 'weight' is negative in 1 rows
            y,score,weight\\n1,0.5,0\\n0,0.1,0\\n    |                              | 'weight' is 0 in every row
            id,y,score\\n1,1,0.5\\n1,0,0.1\\n        |                              | 1 ids stand more than once in the column 'id', such as 1
            id,y,score\\n1,1,0.5\\n2,0,0.1\\n        | id,score\\n1,0.2\\n3,0.3\\n  | 1 (2) only here, 1 (3) only there
            id,y,score\\n1,1,0.5\\n2,0,0.1\\n        | id,y,score\\n1,0,0.2\\n2,0,1\\n | the true value 'y' differs
            y,score\\n1,0.5\\n0,0.1\\n               | y,score\\n1,0.5\\n0,0.1\\n   | there is no column 'id'
            """)
    void shouldSayWhatIsWrongWithPredictions(String candidate, String champion, String problem) {
        assertThatThrownBy(() -> read(candidate + (candidate.contains("\\n") ? "" : "\\n"), champion))
                .isInstanceOfSatisfying(DeliveryException.class, e -> {
                    assertThat(e.code()).isEqualTo(DeliveryException.Code.DATA);
                    assertThat(e.what()).contains(problem).doesNotContain("\n");
                    assertThat(e.advice()).isNotBlank();
                });
    }

    @Test
    void shouldReadJsonLines() throws IOException {
        Files.writeString(
                folder.resolve("p.jsonl"),
                "{\"id\": 1, \"y\": 1, \"score\": 0.75}\n{\"id\": 2, \"y\": 0, \"score\": 0.5}\n");
        EvaluationSet set = PredictionReader.read(
                new PredictionFiles(folder, "p.jsonl", Optional.empty()),
                PredictionColumns.standard(),
                Optional.empty(),
                List.of());
        assertThat(set.candidate().score()).containsExactly(0.75, 0.5);
    }
}
