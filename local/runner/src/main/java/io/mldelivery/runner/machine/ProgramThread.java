package io.mldelivery.runner.machine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** One flow of control: the main script or the body of a step. Threads take turns on the program's Java thread. */
final class ProgramThread implements Serializable {
    private static final long serialVersionUID = 1L;

    final int id;
    final Continuable code;
    final ContextFrame frame;

    /** The body that this thread runs; null for the main script. */
    final Body body;

    /** How the code goes on; null while the thread waits for a step. */
    Outcome next;

    /** The step that the thread waits for. */
    StepExecution step;

    private final String path;
    private int calls;

    ProgramThread(int id, String path, Continuable code, ContextFrame frame, Body body) {
        this.id = id;
        this.path = path;
        this.code = code;
        this.frame = frame;
        this.body = body;
    }

    /** An id for the next step call that is the same again when the same code runs again after a restart. */
    String nextCallId() {
        return path + "." + ++calls;
    }

    boolean isWithin(Body ancestor) {
        for (Body each = body; each != null; each = each.call().thread().body) {
            if (each == ancestor) {
                return true;
            }
        }
        return false;
    }
}
