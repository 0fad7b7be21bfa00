package io.mldelivery.rollout.plan;

import java.util.Optional;

/**
 * A Prometheus server, or what answers like one. Secrets are named, never written down: each is read from an environment
 * variable where the rollout runs.
 *
 * @param tokenVariable holds a bearer token
 * @param user for basic authentication, together with {@code passwordVariable}
 * @param authority PEM file of the certificate authority that signed the server's certificate
 * @param certificate PEM file with our certificate and its private key (PKCS#8), for mutual TLS
 */
public record PrometheusAccess(
        String url,
        Optional<String> tokenVariable,
        Optional<String> user,
        Optional<String> passwordVariable,
        Optional<String> authority,
        Optional<String> certificate) {}
