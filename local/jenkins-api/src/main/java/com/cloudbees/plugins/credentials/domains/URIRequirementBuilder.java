package com.cloudbees.plugins.credentials.domains;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Says for which URI a credential is needed. */
public class URIRequirementBuilder {
    private final List<DomainRequirement> requirements;

    private URIRequirementBuilder(List<DomainRequirement> requirements) {
        this.requirements = new ArrayList<>(requirements);
    }

    public static URIRequirementBuilder create() {
        return new URIRequirementBuilder(List.of());
    }

    public static URIRequirementBuilder fromUri(String uri) {
        return create().withUri(uri);
    }

    public URIRequirementBuilder withUri(String uri) {
        if (uri != null) {
            URI parsed = URI.create(uri);
            if (parsed.getScheme() != null) {
                withScheme(parsed.getScheme());
            }
            if (parsed.getHost() != null) {
                withHostname(parsed.getHost());
            }
        }
        return this;
    }

    public URIRequirementBuilder withScheme(String scheme) {
        requirements.add(new SchemeRequirement(scheme));
        return this;
    }

    public URIRequirementBuilder withHostname(String hostname) {
        requirements.add(new HostnameRequirement(hostname));
        return this;
    }

    public List<DomainRequirement> build() {
        return new ArrayList<>(requirements);
    }
}
