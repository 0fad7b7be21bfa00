package org.jenkinsci.remoting;

import java.util.Collection;
import java.util.Collections;

/** Where code may run; see {@code jenkins.security.Roles}. */
public final class Role {
    public static final Role UNKNOWN = new Role("unknown");
    public static final Collection<Role> UNKNOWN_SET = Collections.singleton(UNKNOWN);
    private final String name;

    public Role(String name) {
        this.name = name;
    }

    public Role(Class<?> name) {
        this(name.getName());
    }

    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return super.toString() + "[" + name + "]";
    }
}
