package io.mldelivery.runner.build;

import groovy.json.JsonException;
import groovy.json.JsonSlurperClassic;
import hudson.AbortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Credentials of local builds: entries of {@code credentials.json} in the home folder, which only its owner may read,
 * or environment variables {@code MLDELIVERY_CREDENTIAL_<ID>} with the id in capitals, all else than letters and digits
 * as an underscore. A variable holds a secret text, {@code user:password}, or the path of a file.
 */
public final class CredentialFile {
    private static final String VARIABLE = "MLDELIVERY_CREDENTIAL_";

    private final Path file;
    private final Map<String, String> environment;

    public CredentialFile(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** The fields of a credential, such as {@code secret}, {@code username} and {@code password}, or {@code file}. */
    public Map<String, String> find(String id, String... fields) throws IOException {
        String variable = variable(id);
        if (environment.containsKey(variable)) {
            return fromVariable(id, environment.get(variable), fields);
        }
        Map<String, String> entry = entry(id, variable);
        for (String field : fields) {
            if (!entry.containsKey(field)) {
                throw new AbortException("Credentials '" + id + "' is of type '" + kind(id) + "' where '"
                        + String.join(", ", fields) + "' was expected, in " + file);
            }
        }
        return entry;
    }

    /** What a credential is. */
    public enum Kind {
        SECRET("Secret text"),
        USERNAME_PASSWORD("Username with password"),
        FILE("Secret file");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /** The kind of a credential; one that comes from a variable is a secret text. */
    public Kind kind(String id) throws IOException {
        String variable = variable(id);
        if (environment.containsKey(variable)) {
            return Kind.SECRET;
        }
        Map<String, String> entry = entry(id, variable);
        if (entry.containsKey("username")) {
            return Kind.USERNAME_PASSWORD;
        }
        return entry.containsKey("file") ? Kind.FILE : Kind.SECRET;
    }

    private static String variable(String id) {
        return VARIABLE + id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static Map<String, String> fromVariable(String id, String value, String... fields) throws AbortException {
        if (fields.length == 1) {
            return Map.of(fields[0], value);
        }
        int colon = value.indexOf(':');
        if (colon < 0) {
            throw new AbortException("Credentials ‘" + id + "’: the environment variable must be user:password");
        }
        return Map.of(fields[0], value.substring(0, colon), fields[1], value.substring(colon + 1));
    }

    private Map<String, String> entry(String id, String variable) throws IOException {
        if (!Files.exists(file)) {
            throw new AbortException(
                    "Could not find credentials entry with ID '" + id + "': set " + variable + " or write " + file);
        }
        requireOwnerOnly();
        if (!(parsed() instanceof Map<?, ?> all) || !(all.get(id) instanceof Map<?, ?> entry)) {
            throw new AbortException("Could not find credentials entry with ID '" + id + "' in " + file);
        }
        Map<String, String> fields = new TreeMap<>();
        entry.forEach((key, value) -> fields.put(String.valueOf(key), String.valueOf(value)));
        return fields;
    }

    private Object parsed() throws IOException {
        try {
            return new JsonSlurperClassic().parseText(Files.readString(file));
        } catch (JsonException e) {
            throw new AbortException("Not JSON: " + file + ": "
                    + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private void requireOwnerOnly() throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(Set.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
        if (!others.isEmpty()) {
            throw new AbortException("Others may read " + file + "; run: chmod 600 " + file);
        }
    }
}
