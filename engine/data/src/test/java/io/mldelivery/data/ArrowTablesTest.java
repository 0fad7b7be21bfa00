package io.mldelivery.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads files that pyarrow wrote; src/test/resources/arrow/generate.py says with which values. */
class ArrowTablesTest {
    private static final Path FILES = Path.of("src/test/resources/arrow").toAbsolutePath();

    @TempDir
    Path folder;

    private static String problem(Path folder, String name) {
        try (Tables tables = Tables.open(TableOptions.in(folder), name)) {
            tables.read(name);
            throw new AssertionError("was read: " + name);
        } catch (DeliveryException e) {
            assertThat(e.what()).hasLineCount(1);
            assertThat(e.advice()).hasLineCount(1).isNotBlank();
            return e.what();
        }
    }

    @ParameterizedTest
    @CsvSource({"lz4.feather,1200", "zstd.feather,1200", "plain.arrows,200"})
    void shouldReadEveryValueThatPyarrowWrote(String name, long rows) {
        try (Tables tables = Tables.open(TableOptions.in(FILES), name)) {
            Table table = tables.read(name);
            assertThat(table.rows()).isEqualTo(rows);
            String wrong = String.join(
                    " OR ",
                    List.of(
                            "i8 IS DISTINCT FROM CASE WHEN last % 7 > 0 THEN last % 100 - 50 END",
                            "u16 <> last * 13 % 65536",
                            "i64 IS DISTINCT FROM CASE WHEN last % 11 > 0 THEN last * 1000000000000 END",
                            "abs(u64 - (18446744073709551615::DOUBLE - last)) > 4096",
                            "f16 <> (last / 8.0)::DOUBLE AND last < 2000",
                            "f32 IS DISTINCT FROM CASE WHEN last % 3 > 0 THEN last / 4.0::DOUBLE END",
                            "f64 <> CASE WHEN last = 5 THEN 'Infinity'::DOUBLE ELSE last / 3 END",
                            "flag IS DISTINCT FROM CASE WHEN last % 5 > 0 THEN last % 2 = 0 END",
                            "text IS DISTINCT FROM CASE WHEN last % 13 > 0 THEN"
                                    + " 'värde ' || last % 40 || ' ' || repeat('long ', last % 5) END",
                            "\"large\" <> 't' || last",
                            "category IS DISTINCT FROM CASE WHEN last % 17 > 0 THEN"
                                    + " ['JFK', 'EWR', 'LGA'][last % 3 + 1] END",
                            "abs(\"decimal\" - (last - 600) / 100) > 1e-9",
                            "day <> DATE '2026-01-01' + (last % 28)::INTEGER",
                            "day64 <> day",
                            "\"at\" <> TIMESTAMP '2026-01-01 00:30:00' + to_hours(last % 24)",
                            "zoned <> TIMESTAMP '2026-01-01 00:00:00' + to_hours(last % 24)",
                            "embedding IS DISTINCT FROM CASE WHEN last % 9 > 0 THEN [last / 2, -last / 2] END",
                            "fixed <> [last, last + 1, last + 2]",
                            "nothing IS NOT NULL"));
            assertThat(tables.query(
                            "SELECT count_if(" + wrong
                                    + "), sum(last), count(struct), count(\"binary\"), count(map) FROM " + table.sql(),
                            row -> List.of(
                                    row.integer(1), row.integer(2), row.integer(3) + row.integer(4) + row.integer(5))))
                    .containsExactly(List.of(0L, rows * (rows - 1) / 2, 0L));
            assertThat(table.columns())
                    .filteredOn(column -> column.kind() == ColumnKind.OTHER)
                    .extracting(Column::name)
                    .containsExactly("embedding", "fixed", "struct", "binary", "map");
        }
    }

    @Test
    void shouldReadViewsOfTexts() {
        try (Tables tables = Tables.open(TableOptions.in(FILES), "zstd.feather")) {
            String sql = tables.read("zstd.feather").sql();
            assertThat(tables.query(
                            "SELECT count_if(\"view\" <> repeat('view ' || last || ' ', 1 + last % 3)) FROM " + sql,
                            row -> row.integer(1)))
                    .containsExactly(0L);
        }
    }

    @Test
    void shouldExpandLinkedBlocksOfLz4() {
        try (Tables tables = Tables.open(TableOptions.in(FILES), "linked.feather")) {
            Table table = tables.read("linked.feather");
            assertThat(tables.query(
                            "SELECT count(*), sum(n), max(n) FROM " + table.sql(),
                            row -> List.of(row.integer(1), row.integer(2), row.integer(3))))
                    .containsExactly(List.of(200_000L, 1000L * 199 * 100, 199L));
        }
    }

    @Test
    void shouldNameWhatIsNoCompleteArrowFile() throws IOException {
        byte[] whole = Files.readAllBytes(FILES.resolve("lz4.feather"));
        for (int length : new int[] {3, 9, 200, 5_000, whole.length / 2}) {
            Files.write(folder.resolve("cut.feather"), Arrays.copyOf(whole, length));
            assertThat(problem(folder, "cut.feather")).startsWith("cut.feather: not a complete Arrow file: ");
        }
        Files.writeString(folder.resolve("text.arrow"), "this is no Arrow file, whatever its name says");
        assertThat(problem(folder, "text.arrow")).startsWith("text.arrow: not a complete Arrow file: ");
        assertThat(problem(FILES, "old.feather")).isEqualTo("old.feather: Feather version 1 is not read");
    }

    @Test
    void shouldNotLoopOrExhaustMemoryWhenBytesAreDamaged() throws IOException {
        byte[] whole = Files.readAllBytes(FILES.resolve("linked.feather"));
        for (int at = 8; at < whole.length; at += 97) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            Files.write(folder.resolve("damaged.feather"), damaged);
            try (Tables tables = Tables.open(TableOptions.in(folder), "damaged.feather")) {
                assertThat(tables.read("damaged.feather").columns()).hasSizeLessThan(3);
            } catch (DeliveryException e) {
                assertThat(e.what()).startsWith("damaged.feather: ").hasLineCount(1);
            }
        }
    }
}
