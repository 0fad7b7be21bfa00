package hudson.model;

import jenkins.model.CauseOfInterruption;

/** A thread that runs builds; here it interrupts, and a controller schedules. */
public class Executor extends Thread implements ModelObject {
    private final Computer owner;
    private final int number;

    public Executor(Computer owner, int n) {
        super("Executor #" + n + " for " + owner.getDisplayName());
        this.owner = owner;
        this.number = n;
    }

    public static Executor currentExecutor() {
        return Thread.currentThread() instanceof Executor executor ? executor : null;
    }

    public void interrupt(Result result) {
        interrupt();
    }

    public void interrupt(Result result, CauseOfInterruption... causes) {
        interrupt();
    }

    public Computer getOwner() {
        return owner;
    }

    public int getNumber() {
        return number;
    }

    @Override
    public String getDisplayName() {
        return "Executor #" + number;
    }
}
