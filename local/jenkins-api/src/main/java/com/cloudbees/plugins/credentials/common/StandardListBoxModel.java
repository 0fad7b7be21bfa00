package com.cloudbees.plugins.credentials.common;

/** A drop-down list of named credentials. */
public class StandardListBoxModel extends AbstractIdCredentialsListBoxModel<StandardListBoxModel, StandardCredentials> {
    private static final long serialVersionUID = 1L;

    @Override
    protected String describe(StandardCredentials c) {
        String description = c.getDescription();
        return description == null || description.isEmpty() ? c.getId() : c.getId() + " (" + description + ")";
    }
}
