package org.jenkinsci.remoting;

/** Says where it means to run. */
public interface RoleSensitive {
    void checkRoles(RoleChecker checker) throws SecurityException;
}
