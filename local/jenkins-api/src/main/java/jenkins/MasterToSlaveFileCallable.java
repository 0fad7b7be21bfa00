package jenkins;

import jenkins.agents.ControllerToAgentFileCallable;

/** Base of work on a file or folder sent from the controller to an agent. */
public abstract class MasterToSlaveFileCallable<T> implements ControllerToAgentFileCallable<T> {
    private static final long serialVersionUID = 1L;
}
