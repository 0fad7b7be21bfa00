package org.kohsuke.stapler;

/** A method or field that serves requests. */
public abstract class Function {
    public abstract String getName();
}
