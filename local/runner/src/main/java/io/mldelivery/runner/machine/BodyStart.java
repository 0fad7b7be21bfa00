package io.mldelivery.runner.machine;

import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;

/** Collects what a body is to run with. */
final class BodyStart extends BodyInvoker {
    private final StepCall call;
    private final Closure<?> code;
    private final List<Object> values = new ArrayList<>();
    private final List<BodyExecutionCallback> callbacks = new ArrayList<>();
    private String label;

    BodyStart(StepCall call, Closure<?> code) {
        this.call = call;
        this.code = code;
    }

    @Override
    public BodyInvoker withContext(Object value) {
        if (value != null) {
            values.add(0, value);
        }
        return this;
    }

    @Override
    public BodyInvoker withContexts(Collection<?> overrides) {
        overrides.forEach(this::withContext);
        return this;
    }

    @Override
    public BodyInvoker withDisplayName(String name) {
        label = name;
        return this;
    }

    @Override
    public BodyInvoker withCallback(BodyExecutionCallback callback) {
        callbacks.add(callback);
        return this;
    }

    @Override
    public BodyExecution start() {
        if (callbacks.isEmpty()) {
            callbacks.add(BodyExecutionCallback.wrap(call));
        }
        var body = new Body(call, callbacks, label);
        String path = call.nextBodyPath();
        ContextFrame frame = call.thread().frame.with(values);
        call.whenWaiting(() -> body.launch(code, frame, path));
        return body;
    }
}
