package org.kohsuke.stapler;

/** Has a second object that is asked when it has no answer. */
public interface StaplerFallback {
    Object getStaplerFallback();
}
