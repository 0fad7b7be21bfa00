package com.cloudbees.plugins.credentials;

import hudson.model.ModelObject;

/** Who may use a credential. */
public enum CredentialsScope {
    SYSTEM("System"),
    GLOBAL("Global"),
    USER("User");

    private final String displayName;

    CredentialsScope(String displayName) {
        this.displayName = displayName;
    }

    public String getDisplayName() {
        return displayName;
    }

    public boolean isVisible(ModelObject context) {
        return true;
    }
}
