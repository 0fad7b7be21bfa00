package io.mldelivery.rollout.proxy;

import io.mldelivery.rollout.proxy.Routes.Backend;
import io.mldelivery.rollout.proxy.Routes.Mirror;
import io.mldelivery.rollout.proxy.Routes.Rule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Picks a version for each request. By weight: of every hundred requests in a row each version gets exactly as many as its weight
 * says, in random order, so that shares are honest at once and no rhythm of the clients can favour a version. By rule:
 * what the request carries decides, so that a user stays with a version.
 */
final class Chooser {
    private final Routes routes;
    private final List<Backend> deck = new ArrayList<>();
    private final Random random = new Random();
    private int next;

    Chooser(Routes routes) {
        this.routes = routes;
        for (Backend backend : routes.backends()) {
            deck.addAll(Collections.nCopies(backend.weight(), backend));
        }
        next = deck.size();
    }

    Routes routes() {
        return routes;
    }

    /** The version for a request; empty when none serves. */
    Optional<Backend> choose(Head request) {
        return routes.rule().isPresent() ? byRule(request, routes.rule().get()) : next();
    }

    /** The version for the next request, by weight alone; empty when none serves. */
    synchronized Optional<Backend> next() {
        if (deck.isEmpty()) {
            return Optional.empty();
        }
        if (next == deck.size()) {
            Collections.shuffle(deck, random);
            next = 0;
        }
        return Optional.of(deck.get(next++));
    }

    /** The version that gets a copy of the next request, if any does. */
    synchronized Optional<Backend> mirror() {
        return routes.mirror()
                .filter(mirror -> random.nextInt(100) < mirror.percent())
                .map(Mirror::version)
                .flatMap(routes::backend);
    }

    private Optional<Backend> byRule(Head request, Rule rule) {
        boolean chosen = switch (rule.by()) {
            case "header" ->
                request.value(rule.name()).filter(rule.value()::equals).isPresent();
            case "cookie" ->
                cookie(request, rule.name()).filter(rule.value()::equals).isPresent();
            default -> hashed(request, rule);
        };
        return chosen
                ? routes.backend(rule.version())
                : routes.backends().stream()
                        .filter(backend -> !backend.version().equals(rule.version()))
                        .findFirst();
    }

    /** Who has no key stays with the old version. */
    private boolean hashed(Head request, Rule rule) {
        return request.value(rule.name())
                .map(key -> slot(key) < routes.weightOf(rule.version()))
                .orElse(false);
    }

    /** A number from 0 to 99 that depends on nothing but the key, so that growing the share takes the version from nobody. */
    static int slot(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            int number = (hash[0] & 0xff) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | hash[3] & 0xff;
            return (int) (Integer.toUnsignedLong(number) * 100 >>> 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Optional<String> cookie(Head request, String name) {
        String all = request.value("cookie").orElse("");
        for (String one : all.split(";")) {
            int equals = one.indexOf('=');
            if (equals > 0 && one.substring(0, equals).trim().equals(name)) {
                return Optional.of(one.substring(equals + 1).trim());
            }
        }
        return Optional.empty();
    }
}
