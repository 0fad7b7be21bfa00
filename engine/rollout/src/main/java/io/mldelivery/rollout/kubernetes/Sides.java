package io.mldelivery.rollout.kubernetes;

import java.util.Optional;

/**
 * The two places that somebody else's controller has for versions.
 *
 * @param stable the version (by its key) in the place that stays; empty: the object does not exist
 * @param fresh the version in the place of what is new; empty: none
 * @param percent the share of the requests that the place of what is new really gets; empty: the controller is about to change it
 */
record Sides(Optional<String> stable, Optional<String> fresh, Optional<Integer> percent) {
    static final Sides NOTHING = new Sides(Optional.empty(), Optional.empty(), Optional.of(0));

    boolean isStable(String key) {
        return stable.filter(key::equals).isPresent();
    }

    boolean isFresh(String key) {
        return fresh.filter(key::equals).isPresent();
    }

    boolean has(String key) {
        return isStable(key) || isFresh(key);
    }

    /** A version's share; empty while that is changing. */
    Optional<Integer> percentOf(String key) {
        return isStable(key) ? percent.map(share -> 100 - share) : percent;
    }
}
