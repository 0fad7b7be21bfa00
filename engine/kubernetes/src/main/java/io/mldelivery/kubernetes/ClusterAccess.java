package io.mldelivery.kubernetes;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.credentials.AccessTokenAuthentication;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The ways to reach a cluster. None contacts it yet. */
public final class ClusterAccess {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(30);
    private static final Duration PING = Duration.ofSeconds(10);

    private ClusterAccess() {}

    /**
     * As a kubeconfig file says.
     *
     * @param context the context to use; empty: the file's current one
     */
    public static Cluster kubeconfig(Path file, Optional<String> context) {
        try (Reader reader = Files.newBufferedReader(file)) {
            KubeConfig config = KubeConfig.loadKubeConfig(reader);
            config.setFile(file.toFile());
            if (context.isPresent() && !config.setContext(context.get())) {
                throw new DeliveryException(
                        Code.CONFIG,
                        file + " has no context " + context.get(),
                        "See: kubectl config get-contexts --kubeconfig " + file);
            }
            String namespace = config.getNamespace();
            return cluster(ClientBuilder.kubeconfig(config), namespace == null ? "default" : namespace);
        } catch (IOException | RuntimeException e) {
            if (e instanceof DeliveryException known) {
                throw known;
            }
            throw new DeliveryException(
                    Code.CONFIG,
                    "cannot use the kubeconfig " + file + ": " + e.getMessage(),
                    "Check that the file exists, is readable and names a cluster, a user and a context.",
                    e);
        }
    }

    /** As a pod of the cluster, with its service account. */
    public static Cluster inCluster() {
        Path namespace = Path.of(io.kubernetes.client.util.Config.SERVICEACCOUNT_NAMESPACE_PATH);
        try {
            return cluster(ClientBuilder.cluster(), Files.readString(namespace).trim());
        } catch (IOException | RuntimeException e) {
            throw new DeliveryException(
                    Code.ENVIRONMENT,
                    "this is no pod of a cluster, or it has no service account: " + e.getMessage(),
                    "Mount a service account token, or name a kubeconfig.",
                    e);
        }
    }

    /**
     * With an address and a bearer token.
     *
     * @param authority the cluster's certificate authority in PEM; empty: the authorities that Java trusts
     */
    public static Cluster token(URI server, String token, Optional<byte[]> authority, String namespace) {
        var builder = new ClientBuilder()
                .setBasePath(server.toString())
                .setVerifyingSsl(true)
                .setAuthentication(new AccessTokenAuthentication(token));
        authority.ifPresent(builder::setCertificateAuthority);
        return cluster(builder, namespace);
    }

    private static Cluster cluster(ClientBuilder builder, String namespace) {
        builder.setPingInterval(PING); // finds connections whose other end is gone
        ApiClient client = builder.setReadTimeout(READ).build();
        ApiClient watching = builder.setReadTimeout(Duration.ZERO).build();
        client.setConnectTimeout((int) CONNECT.toMillis());
        watching.setConnectTimeout((int) CONNECT.toMillis());
        return new Cluster(client, watching, namespace);
    }
}
