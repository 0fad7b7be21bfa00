package io.mldelivery.data.query;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.data.append.RowSource;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A query of a database, as a file says it: {@code jdbc} (address), {@code query} (one SELECT), and the names of the
 * environment variables that hold {@code user} and {@code password}. Secrets stand in the environment only.
 *
 * @param name the file as the user wrote it, for messages
 */
public record QueryFile(String name, String address, String query, Optional<String> user, Optional<String> password) {

    /** Reads a file of one query. */
    public static QueryFile read(String name, Path file) {
        try {
            return parse(name, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.DATA, name + ": cannot be read: " + e.getMessage(), "Make the file readable.", e);
        }
    }

    /** Reads what such a file holds. */
    public static QueryFile parse(String name, byte[] yaml) {
        ConfigNode root = ConfigNode.parse(name, yaml).rejectUnknownKeys("jdbc", "query", "user", "password");
        ConfigNode address = root.get("jdbc");
        if (!address.text().startsWith("jdbc:")) {
            throw address.wrong("'jdbc' is no JDBC address", "Write it as jdbc:postgresql://host/database.");
        }
        if (address.text().matches("(?i).*(password|pwd)=.*|.*//[^/@]*:[^/@]*@.*")) {
            throw address.wrong(
                    "the address holds a password",
                    "Put it into an environment variable and its name behind 'password'.");
        }
        return new QueryFile(
                name, address.text(), root.get("query").text(), root.findText("user"), root.findText("password"));
    }

    /**
     * Runs the query.
     *
     * @param environment where user and password are, and {@link JdbcDrivers#VARIABLE}
     */
    public RowSource open(Map<String, String> environment) {
        Properties properties = new Properties();
        user.ifPresent(variable -> properties.put("user", value(environment, variable)));
        password.ifPresent(variable -> properties.put("password", value(environment, variable)));
        JdbcDrivers drivers = JdbcDrivers.of(environment);
        try {
            Connection connection = drivers.connect(name, address, properties);
            return JdbcRows.run(this, connection, drivers);
        } catch (SQLException e) {
            drivers.close();
            throw failed("the database does not let us in: ", e);
        } catch (RuntimeException e) {
            drivers.close();
            throw e;
        }
    }

    private String value(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new DeliveryException(
                        Code.CONFIG,
                        name + ": the environment variable " + variable + " is not set",
                        "Set it, in Jenkins with withCredentials around the step."));
    }

    DeliveryException failed(String what, SQLException e) {
        String first =
                String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
        return new DeliveryException(
                Code.DATA,
                name + ": " + what + withoutSecrets(first),
                "Try the query in the database's own client.",
                e);
    }

    /** Drivers repeat parts of the address in their messages. */
    private static String withoutSecrets(String message) {
        Map<String, String> patterns = new LinkedHashMap<>();
        patterns.put("(?i)(password|pwd|secret|token)=[^;&\\s\"']*", "$1=***");
        patterns.put("//[^/@\\s]*@", "//");
        String clean = message;
        for (Map.Entry<String, String> pattern : patterns.entrySet()) {
            clean = clean.replaceAll(pattern.getKey(), pattern.getValue());
        }
        return clean;
    }
}
