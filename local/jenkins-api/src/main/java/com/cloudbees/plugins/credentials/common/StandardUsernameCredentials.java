package com.cloudbees.plugins.credentials.common;

/** A named credential with a user name. */
public interface StandardUsernameCredentials extends StandardCredentials, UsernameCredentials {}
