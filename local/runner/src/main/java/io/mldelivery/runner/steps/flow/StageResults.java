package io.mldelivery.runner.steps.flow;

import hudson.model.Result;
import java.io.Serializable;

/** The result of the enclosing stage, which conditions of its {@code post} section read. */
public final class StageResults implements Serializable {
    private static final long serialVersionUID = 1L;

    private final StageResults outer;
    private String result = Result.SUCCESS.toString();

    StageResults(StageResults outer) {
        this.outer = outer;
    }

    /** Makes the result of this stage and those around it worse, never better. */
    public void worsen(Result other) {
        if (other.isWorseThan(result())) {
            result = other.toString();
        }
        if (outer != null) {
            outer.worsen(other);
        }
    }

    /** The worst result so far. */
    public Result result() {
        return Result.fromString(result);
    }
}
