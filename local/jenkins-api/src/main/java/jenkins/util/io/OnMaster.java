package jenkins.util.io;

/** The type belongs to the controller and is not sent to an agent. */
public interface OnMaster {}
