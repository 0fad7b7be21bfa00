package io.mldelivery.data.address;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Fetches what an address names into a folder: one file by HTTP, one or several objects of a bucket. Credentials come from
 * the environment and go to no other host than the address's.
 */
public final class Addresses {
    private static final Set<String> SCHEMES = Set.of("http", "https", "s3", "gs");

    private Addresses() {}

    /** Whether a source is an address rather than a path; {@code C:\data} is a path. */
    public static boolean is(String source) {
        return source.matches("[a-zA-Z][a-zA-Z0-9+.-]+://.*");
    }

    /** A source as it may be shown: an address without query, which can hold a signature, and without user and password. */
    public static String shown(String source) {
        return !is(source) ? source : source.replaceFirst("[?#].*", "").replaceFirst("://[^/@]*@", "://");
    }

    /**
     * Fetches everything.
     *
     * @param folder an existing folder of its own for these files
     * @return the files, whose names end as those at the address
     */
    public static List<Path> fetch(String source, Map<String, String> environment, Path folder) {
        String scheme = source.substring(0, source.indexOf(':')).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            throw new DeliveryException(
                    Code.DATA,
                    shown(source) + ": " + scheme + " is not read",
                    "Use https, s3 or gs, or copy the file here first and name its path.");
        }
        return switch (scheme) {
            case "s3" -> Bucket.fetch(Store.s3(environment, source), source, folder, Clock.systemUTC());
            case "gs" -> Bucket.fetch(Store.google(environment), source, folder, Clock.systemUTC());
            default -> List.of(web(source, environment, folder));
        };
    }

    private static Path web(String source, Map<String, String> environment, Path folder) {
        URI address = parse(source);
        if (address.getUserInfo() != null) {
            throw new DeliveryException(
                    Code.DATA,
                    shown(source) + ": the address holds a user or password",
                    "Remove it; a token goes into the environment variable " + Web.TOKEN + ".");
        }
        String path = address.getPath();
        Path file = folder.resolve(fileName(path.substring(path.lastIndexOf('/') + 1)));
        new Web(environment).fetch(shown(source), address, file);
        return file;
    }

    private static URI parse(String source) {
        try {
            URI address = URI.create(source.replace(" ", "%20"));
            if (address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw notAnAddress(source, e);
        }
        throw notAnAddress(source, null);
    }

    private static DeliveryException notAnAddress(String source, Exception cause) {
        return new DeliveryException(
                Code.DATA, shown(source) + ": is no address", "Write it as https://host/path/file.parquet.", cause);
    }

    /** A name that is safe in a folder of ours and keeps its ending. */
    static String fileName(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._=-]", "_");
        return safe.isEmpty() || safe.startsWith(".") ? "file" + safe : safe;
    }
}
