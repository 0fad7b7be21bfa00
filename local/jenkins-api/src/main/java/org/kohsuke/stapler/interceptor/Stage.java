package org.kohsuke.stapler.interceptor;

/** When an interceptor acts. */
public enum Stage {
    SELECTION,
    PREINVOKE
}
