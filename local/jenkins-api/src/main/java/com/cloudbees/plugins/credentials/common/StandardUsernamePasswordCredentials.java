package com.cloudbees.plugins.credentials.common;

/** A named user name with a password. */
public interface StandardUsernamePasswordCredentials extends StandardUsernameCredentials, UsernamePasswordCredentials {}
