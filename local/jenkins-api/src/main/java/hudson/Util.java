package hudson;

import hudson.util.VariableResolver;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small functions on strings, collections and files that plugins expect from Jenkins. */
public class Util {
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z0-9_]+|\\{[A-Za-z0-9_.]+\\}|\\$)");

    /** Replaces $NAME and ${NAME}; $$ stands for $; unknown names stay as they are. */
    public static String replaceMacro(String s, Map<String, String> properties) {
        return replaceMacro(s, new VariableResolver.ByMap<>(properties));
    }

    public static String replaceMacro(String s, VariableResolver<String> resolver) {
        if (s == null) {
            return null;
        }
        Matcher m = VARIABLE.matcher(s);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            m.appendReplacement(out, Matcher.quoteReplacement(replacement(m.group(), resolver)));
        }
        return m.appendTail(out).toString();
    }

    private static String replacement(String reference, VariableResolver<String> resolver) {
        if (reference.equals("$$")) {
            return "$";
        }
        String name =
                reference.startsWith("${") ? reference.substring(2, reference.length() - 1) : reference.substring(1);
        String value = resolver.resolve(name);
        return value == null ? reference : value;
    }

    public static String loadFile(File logfile, Charset charset) throws IOException {
        return logfile.exists() ? Files.readString(logfile.toPath(), charset) : "";
    }

    public static void deleteContentsRecursive(File file) throws IOException {
        File[] children = file.listFiles();
        if (children != null) {
            for (File child : children) {
                deleteRecursive(child);
            }
        }
    }

    public static void deleteFile(File f) throws IOException {
        Files.deleteIfExists(f.toPath());
    }

    /** Deletes the tree without following symbolic links. */
    public static void deleteRecursive(File dir) throws IOException {
        if (!Files.exists(dir.toPath(), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(dir.toPath(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException problem) throws IOException {
                if (problem != null) {
                    throw problem;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    public static boolean isSymlink(File file) throws IOException {
        return Files.isSymbolicLink(file.toPath());
    }

    public static boolean isRelativePath(String path) {
        return !path.startsWith("/") && !path.startsWith("\\\\") && !path.matches("[A-Za-z]:[\\\\/].*");
    }

    public static String[] tokenize(String s, String delimiter) {
        StringTokenizer tokens = new StringTokenizer(s, delimiter);
        List<String> parts = new ArrayList<>();
        while (tokens.hasMoreTokens()) {
            parts.add(tokens.nextToken());
        }
        return parts.toArray(new String[0]);
    }

    public static String[] tokenize(String s) {
        return tokenize(s, " \t\n\r\f");
    }

    public static String[] mapToEnv(Map<String, String> m) {
        return m.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toArray(String[]::new);
    }

    public static String nullify(String v) {
        return v != null && v.isEmpty() ? null : v;
    }

    public static String removeTrailingSlash(String s) {
        return s.endsWith("/") ? s.substring(0, s.length() - 1) : s;
    }

    public static String ensureEndsWith(String subject, String suffix) {
        return subject == null || subject.endsWith(suffix) ? subject : subject + suffix;
    }

    /** MD5 in hex, as Jenkins' fingerprints use it. */
    public static String getDigestOf(InputStream source) throws IOException {
        try (source) {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[8192];
            for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return toHexString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("MD5 is not available in this Java", e);
        }
    }

    public static String getDigestOf(String text) {
        try {
            return getDigestOf(new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String getDigestOf(File file) throws IOException {
        return getDigestOf(Files.newInputStream(file.toPath()));
    }

    public static String toHexString(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    public static byte[] fromHexString(String data) {
        return HexFormat.of().parseHex(data);
    }

    /** "1.2 sec", "5 min 3 sec", "2 hr 5 min", "3 days 4 hr". */
    public static String getTimeSpanString(long duration) {
        return TimeSpan.format(duration);
    }

    public static String rawEncode(String s) {
        return java.net.URLEncoder.encode(s, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    public static String escape(String text) {
        if (text == null) {
            return null;
        }
        StringBuilder out = new StringBuilder(text.length() + 32);
        for (char c : text.toCharArray()) {
            out.append(escaped(c));
        }
        return out.toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '\n' -> "<br>";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> "&quot;";
            case '\'' -> "&#039;";
            default -> String.valueOf(c);
        };
    }

    public static String xmlEscape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    public static String fixNull(String s) {
        return s == null ? "" : s;
    }

    public static <T> T fixNull(T s, T defaultValue) {
        return s != null ? s : defaultValue;
    }

    public static String fixEmpty(String s) {
        return s == null || s.isEmpty() ? null : s;
    }

    public static String fixEmptyAndTrim(String s) {
        return s == null ? null : fixEmpty(s.trim());
    }

    public static <T> List<T> fixNull(List<T> l) {
        return l != null ? l : List.of();
    }

    public static <T> Set<T> fixNull(Set<T> l) {
        return l != null ? l : Set.of();
    }

    public static <T> Collection<T> fixNull(Collection<T> l) {
        return l != null ? l : Set.of();
    }

    public static <T> List<T> filter(Iterable<?> base, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Object o : base) {
            if (type.isInstance(o)) {
                found.add(type.cast(o));
            }
        }
        return found;
    }

    public static <T> List<T> filter(List<?> base, Class<T> type) {
        return filter((Iterable<?>) base, type);
    }
}
