package io.mldelivery.rollout.proxy;

import io.mldelivery.rollout.proxy.Routes.Backend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Picks a version for each request: of every hundred requests in a row each version gets exactly as many as its weight
 * says, in random order, so that shares are honest at once and no rhythm of the clients can favour a version.
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

    /** The version for the next request; empty when none serves. */
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
}
