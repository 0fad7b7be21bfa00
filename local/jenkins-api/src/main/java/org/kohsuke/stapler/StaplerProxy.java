package org.kohsuke.stapler;

/** Answers for another object, after checking who asks. */
public interface StaplerProxy {
    Object getTarget();
}
