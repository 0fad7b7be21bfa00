package com.cloudbees.plugins.credentials.common;

/** A credential with a name and a description. */
public interface StandardCredentials extends IdCredentials {
    String getDescription();
}
