package io.mldelivery.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {
    @TempDir
    Path folder;

    private Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Tables open(String... sources) {
        return Tables.open(TableOptions.in(folder), sources);
    }

    private String problem(String source) {
        try (Tables tables = open(source)) {
            tables.read(source);
            throw new AssertionError("was read: " + source);
        } catch (DeliveryException e) {
            assertThat(e.what()).hasLineCount(1);
            assertThat(e.advice()).hasLineCount(1).isNotBlank();
            return e.what();
        }
    }

    private void parquet(String name, String query) throws Exception {
        try (var connection = new org.duckdb.DuckDBDriver().connect("jdbc:duckdb:", new java.util.Properties());
                var statement = connection.createStatement()) {
            statement.execute("COPY (" + query + ") TO "
                    + Sql.literal(folder.resolve(name).toString()) + " (FORMAT parquet)");
        }
    }

    @Test
    void shouldInferKindsWhenReadingCsv() {
        write(
                "a.csv",
                "n,x,name,day,at,flag,none\n1,1.5,a,2013-01-01,2013-01-01 05:00:00,true,\n"
                        + "2,NA,b,2013-01-02,2013-01-01T06:00:00Z,false,\n");
        try (Tables tables = open("a.csv")) {
            Table table = tables.read("a.csv");
            assertThat(table.rows()).isEqualTo(2);
            assertThat(table.columns())
                    .extracting(Column::name)
                    .containsExactly("n", "x", "name", "day", "at", "flag", "none");
            assertThat(table.columns())
                    .extracting(Column::kind)
                    .containsExactly(
                            ColumnKind.NUMERIC,
                            ColumnKind.NUMERIC,
                            ColumnKind.CATEGORICAL,
                            ColumnKind.DATETIME,
                            ColumnKind.DATETIME,
                            ColumnKind.CATEGORICAL,
                            ColumnKind.NUMERIC);
            assertThat(tables.query("SELECT x FROM " + table.sql() + " ORDER BY n", row -> row.number(1)))
                    .containsExactly(1.5, Double.NaN);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            value = {"t.tsv/a\\tb", "s.csv/a;b", "p.csv/a|b", "c.txt/a,b", "q.csv/\"a\",b"})
    void shouldFindDelimiterWhenReading(String name, String header) {
        String line = header.replace("\\t", "\t");
        write(name, line + "\n" + line.replace("a", "1").replace("b", "2") + "\n");
        try (Tables tables = open(name)) {
            assertThat(tables.read(name).columns()).extracting(Column::name).containsExactly("a", "b");
            assertThat(tables.read(name).columns()).extracting(Column::kind).containsOnly(ColumnKind.NUMERIC);
        }
    }

    @Test
    void shouldWidenTypeWhenLaterRowsDoNotFit() {
        StringBuilder text = new StringBuilder("id,v\n");
        for (int i = 0; i < 30_000; i++) {
            text.append(i).append(',').append(i < 25_000 ? "7" : "seven").append('\n');
        }
        write("late.csv", text.toString());
        try (Tables tables = open("late.csv")) {
            Table table = tables.read("late.csv");
            assertThat(table.column("v").orElseThrow().kind()).isEqualTo(ColumnKind.CATEGORICAL);
            assertThat(table.column("id").orElseThrow().type()).isEqualTo("BIGINT");
            assertThat(table.rows()).isEqualTo(30_000);
        }
    }

    @Test
    void shouldReadJsonLinesAndParquetAndPatterns() throws Exception {
        write("j.jsonl", "{\"a\":1}\n{\"a\":2.5,\"b\":\"x\"}\n");
        parquet("p1.parquet", "SELECT 1 AS a, {'b': 2} AS nested, 1.5::DECIMAL(5,2) AS d");
        parquet("p2.parquet", "SELECT 2 AS a, {'b': 3} AS nested, 2.5::DECIMAL(5,2) AS d");
        try (Tables tables = open("j.jsonl", "p*.parquet")) {
            Table parquet = tables.read("p*.parquet");
            assertThat(tables.read("j.jsonl").rows()).isEqualTo(2);
            assertThat(parquet.rows()).isEqualTo(2);
            assertThat(parquet.columns())
                    .extracting(Column::kind)
                    .containsExactly(ColumnKind.NUMERIC, ColumnKind.OTHER, ColumnKind.NUMERIC);
        }
    }

    @Test
    void shouldQuoteWhateverStandsInNames() {
        String hostile = "x\"; DROP TABLE t; --";
        write("a[1]'s *.csv", "\"x\"\"; DROP TABLE t; --\",b\n1,2\n");
        try (Tables tables = open("a[1]'s *.csv")) {
            Table table = tables.read("a[1]'s *.csv");
            Column column = table.column(hostile).orElseThrow();
            assertThat(tables.query("SELECT sum(" + column.sql() + ") FROM " + table.sql(), row -> row.integer(1)))
                    .containsExactly(1L);
        }
    }

    @Test
    void shouldRefuseOtherFilesWhenSourcesAreDeclared() {
        write("a.csv", "a\n1\n");
        write("secret.csv", "a\n1\n");
        try (Tables tables = open("a.csv")) {
            tables.read("a.csv");
            String secret = Sql.literal(folder.resolve("secret.csv").toString());
            assertThatThrownBy(() -> tables.query("SELECT * FROM read_csv(" + secret + ")", row -> 1))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("Permission");
            assertThatThrownBy(() -> tables.execute("SET enable_external_access=true"))
                    .isInstanceOf(DeliveryException.class);
            assertThatThrownBy(
                            () -> tables.execute("COPY " + tables.read("a.csv").sql() + " TO "
                                    + Sql.literal(folder.resolve("out.csv").toString())))
                    .isInstanceOf(DeliveryException.class);
        }
    }

    @Test
    void shouldSpillAndCleanUpWhenMemoryIsShort() throws IOException {
        write("a.csv", "a\n1\n");
        Path temporary = folder.resolve("spill");
        TableOptions options =
                TableOptions.in(folder).withMemoryBytes(64L << 20).withTemporary(temporary);
        try (Tables tables = Tables.open(options, "a.csv")) {
            tables.execute("CREATE TABLE big AS SELECT hash(range) AS h, random() AS x FROM range(6000000)");
            assertThat(tables.query("SELECT count(*) FROM big", row -> row.integer(1)))
                    .containsExactly(6_000_000L);
            assertThat(tables.query("SELECT sum(size) FROM duckdb_temporary_files()", row -> row.integer(1))
                            .get(0))
                    .isPositive();
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldNameSourceAndLineWhenDataIsBroken() throws Exception {
        write("short.csv", "a,b\n1,x\n2\n");
        write("quote.csv", "a,b\n1,x\n2,\"y\n");
        write("dup.csv", "a,b,a\n1,2,3\n");
        write("case.csv", "a,A\n1,2\n");
        write("empty.csv", "");
        write("bad.jsonl", "{\"a\":1}\n{\"a\":2}\n{bad\n");
        write("cut.parquet", "PAR1 this is no parquet file at all");
        write("odd.xls", "x");
        Files.write(folder.resolve("latin.csv"), "a,b\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problem("short.csv")).isEqualTo("short.csv:3: the row has 1 values, the header has 2");
        assertThat(problem("quote.csv")).isEqualTo("quote.csv:3: a double quote is not closed");
        assertThat(problem("dup.csv")).isEqualTo("dup.csv: two columns are called 'a'");
        assertThat(problem("case.csv")).startsWith("case.csv: two columns are called 'a' and 'A'");
        assertThat(problem("empty.csv")).isEqualTo("empty.csv: the file is empty");
        assertThat(problem("bad.jsonl")).isEqualTo("bad.jsonl:3: not valid JSON");
        assertThat(problem("cut.parquet")).startsWith("cut.parquet: not a complete Parquet file");
        assertThat(problem("latin.csv")).isEqualTo("latin.csv:2: not UTF-8 text");
        assertThat(problem("odd.xls")).startsWith("odd.xls: the format is not known");
        assertThat(problem("none.csv")).isEqualTo("none.csv: there is no such file");
        assertThat(problem("none*.csv")).isEqualTo("none*.csv: there is no such file");
    }

    @Test
    void shouldNameTruncatedParquetWhenItsEndIsMissing() throws Exception {
        parquet("whole.parquet", "SELECT range AS a FROM range(10000)");
        byte[] bytes = Files.readAllBytes(folder.resolve("whole.parquet"));
        Files.write(folder.resolve("half.parquet"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(problem("half.parquet")).startsWith("half.parquet: not a complete Parquet file");
    }

    @Test
    void shouldHaveNoRowsWhenOnlyTheHeaderIsThere() {
        write("head.csv", "a,b\n");
        try (Tables tables = open("head.csv")) {
            assertThat(tables.read("head.csv").rows()).isZero();
            assertThat(tables.read("head.csv").columns()).hasSize(2);
        }
    }

    @Test
    void shouldTellTextFromCategories() {
        StringBuilder text = new StringBuilder("city,comment,key\n");
        for (int i = 0; i < 1200; i++) {
            text.append(List.of("Oslo", "Rome").get(i % 2))
                    .append(",a comment that differs ")
                    .append(i)
                    .append(",id-")
                    .append(i)
                    .append('\n');
        }
        write("texts.csv", text.toString());
        try (Tables tables = open("texts.csv")) {
            assertThat(tables.read("texts.csv").columns())
                    .extracting(Column::kind)
                    .containsExactly(ColumnKind.CATEGORICAL, ColumnKind.TEXT, ColumnKind.TEXT);
        }
    }

    @Test
    void shouldDrawTheSameRowsWhenTheSeedIsTheSame() throws Exception {
        parquet("p.parquet", "SELECT range AS a FROM range(100000)");
        StringBuilder text = new StringBuilder("a\n");
        for (int i = 0; i < 20_000; i++) {
            text.append(i).append('\n');
        }
        write("t.csv", text.toString());
        for (String source : List.of("p.parquet", "t.csv")) {
            assertThat(drawn(source, 1))
                    .isEqualTo(drawn(source, 1))
                    .isNotEqualTo(drawn(source, 2))
                    .hasSizeBetween(850, 1150);
        }
    }

    private List<Long> drawn(String source, long seed) {
        try (Tables tables = open(source)) {
            return tables.query(
                    "SELECT a FROM " + tables.read(source).sampled(1000, seed) + " ORDER BY a", row -> row.integer(1));
        }
    }

    @Test
    void shouldReadNumbersWithCommasAndDatesOfSeveralForms() {
        write(
                "de.csv",
                "n;d;mixed;us;either\n1.234,5;24.12.2026;2026-01-31;12/24/2026;03/04/2026\n"
                        + "-7;1.2.2026 13:30;31.01.2026;01/02/2026;05/06/2026\n");
        try (Tables tables = open("de.csv")) {
            Table table = tables.read("de.csv");
            assertThat(table.columns())
                    .extracting(Column::type)
                    .containsExactly("DOUBLE", "TIMESTAMP", "TIMESTAMP", "TIMESTAMP", "VARCHAR");
            assertThat(tables.query(
                            "SELECT n, d, mixed, us FROM " + table.sql(),
                            row -> row.number(1) + " " + row.text(2) + " " + row.text(3) + " " + row.text(4)))
                    .containsExactly(
                            "1234.5 2026-12-24 00:00:00.0 2026-01-31 00:00:00.0 2026-12-24 00:00:00.0",
                            "-7.0 2026-02-01 13:30:00.0 2026-01-31 00:00:00.0 2026-01-02 00:00:00.0");
        }
    }

    @Test
    void shouldCountBrokenRowsUpToTheLimitAndNameTheFirst() {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < 1000; i++) {
            text.append(i % 300 == 7 ? "1,2,3\n" : i == 500 ? "1\n" : i + ",x\n");
        }
        write("broken.csv", text.toString());
        try (Tables tables = Tables.open(TableOptions.in(folder).withBrokenRows(5), "broken.csv")) {
            Table table = tables.read("broken.csv");
            assertThat(table.rows()).isEqualTo(995);
            assertThat(table.broken().count()).isEqualTo(5);
            assertThat(table.broken().examples())
                    .startsWith(
                            "broken.csv:9: too many values",
                            "broken.csv:309: too many values",
                            "broken.csv:502: too few values");
            assertThat(table.column("a").orElseThrow().type()).isEqualTo("BIGINT");
        }
        try (Tables tables = Tables.open(TableOptions.in(folder).withBrokenRows(4), "broken.csv")) {
            assertThatThrownBy(() -> tables.read("broken.csv"))
                    .hasMessageContaining("broken.csv: 5 rows cannot be read, tolerated are 4; broken.csv:9: too many");
        }
    }

    @Test
    void shouldKeepColumnsAndRowNumbersWhenRowsAreChosen() throws Exception {
        parquet("p.parquet", "SELECT range AS a, range % 2 AS b FROM range(100)");
        try (Tables tables = open("p.parquet")) {
            Table odd = tables.where(tables.read("p.parquet"), "b = 1");
            Table last = tables.where(odd, "row_number >= 90");
            assertThat(odd.rows()).isEqualTo(50);
            assertThat(tables.query("SELECT a FROM " + last.sampled(3, 1) + " ORDER BY a", row -> row.integer(1)))
                    .isSubsetOf(91L, 93L, 95L, 97L, 99L);
            assertThat(last.rows()).isEqualTo(5);
        }
    }
}
