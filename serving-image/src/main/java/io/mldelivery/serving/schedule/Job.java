package io.mldelivery.serving.schedule;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Tensor;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One request's rows on their way through a queue. The outcome is told exactly once, on the thread that computed it.
 */
public final class Job {

    /** Told the outcome. */
    public interface Outcome {
        void succeeded(List<Tensor> outputs);

        void failed(ServingException fault);
    }

    private final List<Tensor> inputs;
    private final long deadline;
    private final long submitted = System.nanoTime();
    private final Executor near;
    private final Outcome outcome;
    private Admission admission = Admission.unlimited();
    private int with = 1;

    /**
     * Deadline on the clock of {@link System#nanoTime}. {@code near} runs where the outcome is needed; what is computed
     * quickly is computed there.
     */
    public Job(List<Tensor> inputs, long deadline, Executor near, Outcome outcome) {
        this.inputs = List.copyOf(inputs);
        this.deadline = deadline;
        this.near = near;
        this.outcome = outcome;
    }

    Executor near() {
        return near;
    }

    List<Tensor> inputs() {
        return inputs;
    }

    long rows() {
        return inputs.get(0).rows();
    }

    boolean expired(long now) {
        return now - deadline >= 0;
    }

    double secondsWaited(long now) {
        return (now - submitted) / 1e9;
    }

    boolean stacksWith(Job other) {
        for (int i = 0; i < inputs.size(); i++) {
            if (!inputs.get(i).stacksWith(other.inputs.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Enters the queue's admission; left when the outcome is told. */
    void enter(Admission gate) {
        with = gate.enter();
        admission = gate;
    }

    void succeed(List<Tensor> outputs) {
        admission.leave(submitted, with, false);
        outcome.succeeded(outputs);
    }

    void fail(ServingException fault) {
        admission.leave(submitted, with, fault.code() == ErrorCode.DEADLINE_EXCEEDED);
        outcome.failed(fault);
    }
}
