package com.cloudbees.plugins.credentials.domains;

/** Needed for a URI scheme. */
public class SchemeRequirement extends DomainRequirement {
    private static final long serialVersionUID = 1L;
    private final String scheme;

    public SchemeRequirement(String scheme) {
        this.scheme = scheme;
    }

    public String getScheme() {
        return scheme;
    }
}
