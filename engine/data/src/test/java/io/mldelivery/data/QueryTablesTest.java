package io.mldelivery.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries a database that another program (H2) keeps in a file. */
class QueryTablesTest {
    @TempDir
    Path folder;

    private Map<String, String> environment;

    @BeforeEach
    void fillDatabase() throws Exception {
        Path jar = Path.of(org.h2.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        environment = Map.of("MLDELIVERY_JDBC_DRIVERS", jar.toString(), "DB_USER", "reader", "DB_PASSWORD", "s3cret");
        try (Connection connection = DriverManager.getConnection(address(), "reader", "s3cret");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE flights AS SELECT x AS id, CAST(x AS DECIMAL(10, 2)) / 4 AS delay,"
                    + " CASE WHEN MOD(x, 10) > 0 THEN 'C' || MOD(x, 3) END AS carrier, MOD(x, 2) = 0 AS late,"
                    + " DATEADD('DAY', MOD(x, 28), DATE '2026-07-01') AS flown,"
                    + " DATEADD('HOUR', MOD(x, 24), TIMESTAMP '2026-07-01 00:30:00') AS at,"
                    + " CAST(TIMESTAMP WITH TIME ZONE '2026-07-01 12:00:00+02:00' AS TIMESTAMP WITH TIME ZONE) AS zoned,"
                    + " CAST('00' AS VARBINARY) AS raw FROM SYSTEM_RANGE(1, 1000)");
        }
    }

    private String address() {
        return "jdbc:h2:" + folder.resolve("flights");
    }

    private void query(String sql, String more) throws IOException {
        Files.writeString(
                folder.resolve("july.query.yaml"), "jdbc: '" + address() + "'\nquery: >\n  " + sql + "\n" + more);
    }

    private Tables open(Map<String, String> variables) {
        return Tables.open(TableOptions.in(folder).withEnvironment(variables), "july.query.yaml");
    }

    private void assertRefused(Map<String, String> variables, String what) {
        try (Tables tables = open(variables)) {
            assertThatThrownBy(() -> tables.read("july.query.yaml"))
                    .hasMessageContaining(what)
                    .message()
                    .hasLineCount(2)
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void shouldReadResultWithItsTypes() throws IOException {
        query("SELECT * FROM flights WHERE id <= 500", "user: DB_USER\npassword: DB_PASSWORD\n");
        try (Tables tables = open(environment)) {
            Table table = tables.read("july.query.yaml");
            assertThat(table.rows()).isEqualTo(500);
            assertThat(table.columns())
                    .extracting(Column::type)
                    .containsExactly(
                            "BIGINT", "DOUBLE", "VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP", "TIMESTAMP", "BLOB");
            String wrong = "DELAY <> ID / 4 OR CARRIER IS DISTINCT FROM CASE WHEN ID % 10 > 0 THEN 'C' || ID % 3 END"
                    + " OR LATE <> (ID % 2 = 0) OR FLOWN <> DATE '2026-07-01' + (ID % 28)::INTEGER"
                    + " OR \"AT\" <> TIMESTAMP '2026-07-01 00:30:00' + to_hours(ID % 24)"
                    + " OR ZONED <> TIMESTAMP '2026-07-01 10:00:00'";
            assertThat(tables.query(
                            "SELECT count_if(" + wrong + "), sum(ID) FROM " + table.sql(),
                            row -> List.of(row.integer(1), row.integer(2))))
                    .containsExactly(List.of(0L, 500L * 501 / 2));
        }
    }

    @Test
    void shouldSayWhatIsWrongWithoutSecrets() throws IOException, SQLException {
        query("SELECT * FROM planes", "user: DB_USER\npassword: DB_PASSWORD\n");
        assertRefused(environment, "july.query.yaml: the query failed: ");
        query("SELECT * FROM flights", "user: DB_USER\npassword: DB_PASSWORT\n");
        assertRefused(environment, "the environment variable DB_PASSWORT is not set");
        query("SELECT * FROM flights", "user: DB_USER\npassword: MLDELIVERY_JDBC_DRIVERS\n");
        assertRefused(environment, "the database does not let us in");
        query("SELECT * FROM flights", "pasword: DB_PASSWORD\n");
        assertRefused(environment, "july.query.yaml:4:1: unknown key 'pasword'");
        Files.writeString(folder.resolve("july.query.yaml"), "jdbc: jdbc:oracle:thin:@db\nquery: SELECT 1\n");
        assertRefused(environment, "no driver is known for jdbc:oracle");
        Files.writeString(folder.resolve("july.query.yaml"), "jdbc: jdbc:h2:x;PASSWORD=s3cret\nquery: SELECT 1\n");
        assertRefused(environment, "the address holds a password");
    }

    @Test
    void shouldChangeNothingInTheDatabase() throws Exception {
        query("DELETE FROM flights", "user: DB_USER\npassword: DB_PASSWORD\n");
        assertRefused(environment, "the query failed: ");
        try (Connection connection = DriverManager.getConnection(address(), "reader", "s3cret");
                Statement statement = connection.createStatement();
                var result = statement.executeQuery("SELECT count(*) FROM flights")) {
            result.next();
            assertThat(result.getInt(1)).isEqualTo(1000);
        }
    }
}
