package io.mldelivery.rollout.local;

import java.util.Optional;

/**
 * A HAProxy on this machine, steered through its runtime API. Its backend has two servers for us, which take turns: one for each
 * version.
 *
 * @param socket the file of its UNIX socket ({@code stats socket … level admin}), or {@code host:port}
 * @param backend the backend's name
 * @param first one server of the backend
 * @param second the other
 * @param address where clients send their requests, for messages; empty: not told
 * @param stateFile where the state is kept for HAProxy's next start ({@code server-state-file}); empty: it is not
 */
public record HaproxyAccess(
        String socket,
        String backend,
        String first,
        String second,
        Optional<String> address,
        Optional<String> stateFile) {}
