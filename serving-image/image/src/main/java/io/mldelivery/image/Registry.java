package io.mldelivery.image;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.hash.Digests;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import com.google.cloud.tools.jib.registry.RegistryClient;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The registry of an image reference, with the credentials of the Docker configuration, as docker login leaves them. */
final class Registry {

    private final ImageReference target;

    Registry(ImageReference target) {
        this.target = target;
    }

    static RegistryImage image(ImageReference reference) {
        return RegistryImage.named(reference).addCredentialRetriever(credentials(reference));
    }

    private static CredentialRetriever credentials(ImageReference reference) {
        return CredentialRetrieverFactory.forImage(reference, event -> {}).dockerConfig();
    }

    /** Only a registry on this machine may speak HTTP without TLS. */
    static boolean local(ImageReference reference) {
        return reference.getRegistry().matches("(localhost|127\\.0\\.0\\.1)(:[0-9]+)?");
    }

    /** Fails where the registry does not answer: asked before anything is made, so that this is what the user is told. */
    void ask() {
        FailoverHttpClient http = new FailoverHttpClient(local(target), false, event -> {});
        try {
            client(http);
        } catch (IOException | RegistryException e) {
            throw new ImageFault(
                    "The registry " + target.getRegistry() + " does not answer: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "Check the reference, the network, and the credentials that docker login or DOCKER_CONFIG give.",
                    e);
        } finally {
            close(http);
        }
    }

    private static void close(FailoverHttpClient http) {
        try {
            http.shutDown();
        } catch (IOException e) {
            throw new ImageFault("Cannot close the connection: " + e.getMessage(), "Try again.", e);
        }
    }

    /** Pushes an index of images that are there already, under the target's tag; returns its digest. */
    String pushIndex(Map<String, String> digests) throws IOException, RegistryException {
        FailoverHttpClient http = new FailoverHttpClient(local(target), false, event -> {});
        try {
            RegistryClient client = client(http);
            ImageIndex index = new ImageIndex();
            for (Map.Entry<String, String> image : digests.entrySet()) {
                ManifestTemplate manifest =
                        client.pullManifest(image.getValue()).getManifest();
                BlobDescriptor descriptor = Digests.computeDigest(manifest);
                if (!descriptor.getDigest().toString().equals(image.getValue())) {
                    throw new IOException("the registry changed the image " + image.getValue());
                }
                index.add(image.getKey(), manifest.getManifestMediaType(), descriptor);
            }
            return client.pushManifest(index, target.getQualifier()).toString();
        } finally {
            close(http);
        }
    }

    private RegistryClient client(FailoverHttpClient http) throws IOException, RegistryException {
        RegistryClient.Factory factory =
                RegistryClient.factory(EventHandlers.NONE, target.getRegistry(), target.getRepository(), http);
        Optional<Credential> credential = credential();
        credential.ifPresent(factory::setCredential);
        RegistryClient client = factory.newRegistryClient();
        if (!client.doPushBearerAuth() && credential.isPresent()) {
            client.configureBasicAuth();
        }
        return client;
    }

    private Optional<Credential> credential() throws IOException {
        try {
            return credentials(target).retrieve();
        } catch (CredentialRetrievalException e) {
            throw new IOException("cannot read the credentials: " + e.getMessage(), e);
        }
    }
}
