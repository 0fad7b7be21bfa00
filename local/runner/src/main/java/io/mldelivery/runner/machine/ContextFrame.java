package io.mldelivery.runner.machine;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The objects that enclosing steps put around a body, innermost first. Immutable; frames of inner bodies share outer ones. */
public final class ContextFrame implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The frame outside all steps. */
    public static final ContextFrame OUTERMOST = new ContextFrame(null, List.of());

    private final ContextFrame outer;
    private final ArrayList<Object> values;

    private ContextFrame(ContextFrame outer, List<Object> values) {
        this.outer = outer;
        this.values = new ArrayList<>(values);
    }

    ContextFrame with(List<Object> inner) {
        return inner.isEmpty() ? this : new ContextFrame(this, inner);
    }

    /** The innermost object of the type, or null. */
    public <T> T find(Class<T> type) {
        for (ContextFrame frame = this; frame != null; frame = frame.outer) {
            for (Object value : frame.values) {
                if (type.isInstance(value)) {
                    return type.cast(value);
                }
            }
        }
        return null;
    }
}
