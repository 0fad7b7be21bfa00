package io.mldelivery.data.query;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;

/** JDBC drivers: jar files that the user names, as this program has none of its own but DuckDB's. */
final class JdbcDrivers implements AutoCloseable {
    /** A jar file, or a folder of jar files. */
    static final String VARIABLE = "MLDELIVERY_JDBC_DRIVERS";

    private final URLClassLoader loader;

    private JdbcDrivers(URLClassLoader loader) {
        this.loader = loader;
    }

    static JdbcDrivers of(Map<String, String> environment) {
        String place = environment.getOrDefault(VARIABLE, "").strip();
        List<URL> jars = place.isEmpty() ? List.of() : jars(Path.of(place));
        return new JdbcDrivers(new URLClassLoader(jars.toArray(new URL[0]), JdbcDrivers.class.getClassLoader()));
    }

    private static List<URL> jars(Path place) {
        try {
            if (!Files.isDirectory(place)) {
                return List.of(url(place));
            }
            List<URL> jars = new ArrayList<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(place, "*.jar")) {
                for (Path file : files) {
                    jars.add(url(file));
                }
            }
            return jars;
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.CONFIG,
                    VARIABLE + ": " + place + " cannot be read: " + e.getMessage(),
                    "Name a jar file, or a folder of jar files.",
                    e);
        }
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }

    Connection connect(String source, String address, Properties properties) throws SQLException {
        for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
            Connection connection = driver.acceptsURL(address) ? driver.connect(address, properties) : null;
            if (connection != null) {
                return connection;
            }
        }
        throw new DeliveryException(
                Code.CONFIG,
                source + ": no driver is known for " + address.replaceFirst("^(jdbc:[^:]*):.*", "$1"),
                "Set " + VARIABLE + " to the driver's jar file, or to a folder that holds it.");
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT, "a JDBC driver cannot be closed: " + e.getMessage(), "Check the disk.", e);
        }
    }
}
