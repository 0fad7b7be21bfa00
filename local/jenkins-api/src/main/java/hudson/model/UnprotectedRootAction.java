package hudson.model;

import hudson.ExtensionPoint;

/** A page that is reachable without any permission and protects itself. */
public interface UnprotectedRootAction extends RootAction, ExtensionPoint {}
