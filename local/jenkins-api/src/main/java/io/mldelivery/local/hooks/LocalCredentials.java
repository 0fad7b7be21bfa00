package io.mldelivery.local.hooks;

import com.cloudbees.plugins.credentials.Credentials;
import java.util.List;

/** Runner-only: the credentials that a run without a controller has. */
public final class LocalCredentials {
    private static volatile List<Credentials> all = List.of();

    private LocalCredentials() {}

    /** Uses exactly these from now on. */
    public static void use(List<? extends Credentials> credentials) {
        all = List.copyOf(credentials);
    }

    public static <C> List<C> ofType(Class<C> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
