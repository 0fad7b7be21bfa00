package org.jenkinsci.remoting;

import java.io.Serializable;

/** Travels to an agent and back, and is never stored. */
public interface SerializableOnlyOverRemoting extends Serializable {}
