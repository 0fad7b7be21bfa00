package jenkins.model.queue;

/** Thrown by a build that goes on after its executor is free again. */
public abstract class AsynchronousExecution extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected AsynchronousExecution() {}
}
