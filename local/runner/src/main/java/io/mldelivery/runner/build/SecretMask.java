package io.mldelivery.runner.build;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces secrets by {@code ****} in whole lines. Secrets stay known for the rest of the build. */
public final class SecretMask {
    private static final String STARS = "****";

    private final List<String> secrets = new CopyOnWriteArrayList<>();
    private volatile Pattern pattern;

    /** Adds secrets; a secret of several lines is masked line by line, blank ones are left out. */
    public synchronized void add(Collection<String> added) {
        for (String secret : added) {
            secret.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(secrets::add);
        }
        Set<String> longestFirst =
                new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(text -> text));
        for (String secret : secrets) {
            longestFirst.add(secret);
            longestFirst.add(quotedByShell(secret));
        }
        if (!longestFirst.isEmpty()) {
            pattern = Pattern.compile(
                    String.join("|", longestFirst.stream().map(Pattern::quote).toList()));
        }
    }

    /** As {@code sh -x} prints it. */
    private static String quotedByShell(String secret) {
        return secret.replace("'", "'\\''");
    }

    boolean isEmpty() {
        return pattern == null;
    }

    /** The text without secrets. */
    public String mask(String text) {
        Pattern current = pattern;
        return current == null ? text : current.matcher(text).replaceAll(Matcher.quoteReplacement(STARS));
    }

    byte[] mask(byte[] bytes, int offset, int length) {
        return mask(new String(bytes, offset, length, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
}
