package com.cloudbees.plugins.credentials.common;

import com.cloudbees.plugins.credentials.Credentials;

/** A credential with a name. */
public interface IdCredentials extends Credentials {
    String getId();
}
