package hudson.model;

import hudson.ExtensionPoint;

/** A page of the controller at its own URL. */
public interface RootAction extends Action, ExtensionPoint {}
