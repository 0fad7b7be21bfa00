package com.cloudbees.plugins.credentials.common;

/** A named key with its certificate. */
public interface StandardCertificateCredentials extends StandardCredentials, CertificateCredentials {}
