package io.mldelivery.runner.machine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import hudson.AbortException;
import hudson.model.Describable;
import io.mldelivery.runner.binding.DescribableModel;
import io.mldelivery.runner.binding.Nearest;
import io.mldelivery.runner.binding.Symbols;
import io.mldelivery.runner.script.ScriptHost;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Finds the step behind the name of a call, binds its arguments and starts it. */
public final class StepRegistry {
    /** Where the steps are that Jenkins itself brings; the others come from plugins. */
    private static final String BASIC_STEPS = "io.mldelivery.runner.";

    private final Map<String, StepDescriptor> steps = new TreeMap<>();
    private final Symbols symbols;

    /** Of two steps with one function name the first one wins, as in Jenkins. */
    public StepRegistry(Iterable<StepDescriptor> descriptors, Symbols symbols) {
        descriptors.forEach(descriptor -> steps.putIfAbsent(descriptor.getFunctionName(), descriptor));
        this.symbols = symbols;
    }

    /** Function names of all steps, sorted. */
    public Set<String> names() {
        return steps.keySet();
    }

    Object call(Program program, String name, Object[] arguments) {
        Object global = program.surroundings().global(name);
        if (global != ScriptHost.ABSENT && global != null) {
            return InvokerHelper.getMetaClass(global).invokeMethod(global, "call", arguments);
        }
        return step(program, name, arguments);
    }

    /** Calls a step, or makes a nested object of a symbol such as {@code string(name: …)}. */
    public Object step(Program program, String name, Object[] arguments) {
        StepDescriptor descriptor = steps.get(name);
        if (descriptor != null) {
            return start(program, descriptor, arguments);
        }
        if (symbols.isKnown(Describable.class, name)) {
            CallArguments parsed = CallArguments.parse(arguments, false, DescribableModel.ANONYMOUS_KEY, false);
            return symbols.call(name, parsed.named);
        }
        throw new NoSuchMethodError(
                "No such DSL method '" + name + "' found among steps " + names() + " or symbols " + symbols.names()
                        + " or globals " + new TreeSet<>(program.surroundings().globalNames()));
    }

    private Object start(Program program, StepDescriptor descriptor, Object[] list) {
        String name = descriptor.getFunctionName();
        CallArguments arguments = parse(descriptor, list);
        boolean ownBranches = descriptor instanceof BranchingStep;
        if (arguments.body == null && descriptor.takesImplicitBlockArgument() && !ownBranches) {
            throw new IllegalStateException(name + " step must be called with a body");
        }
        var call = new StepCall(
                program, program.runningThread(), arguments.body, name, arguments.body != null || ownBranches);
        program.trace(name);
        if (startsWaiting(descriptor, arguments, call)) {
            Continuable.suspend(name, call);
        }
        return replay(program, call);
    }

    private static CallArguments parse(StepDescriptor descriptor, Object[] list) {
        DescribableModel model = DescribableModel.of(descriptor.clazz);
        return CallArguments.parse(
                list, descriptor.takesImplicitBlockArgument(), model.soleParameter(), model.hasOnlyOneParameter());
    }

    private boolean startsWaiting(StepDescriptor descriptor, CallArguments arguments, StepCall call) {
        try {
            descriptor.checkContextAvailability(call);
            Step step = instantiate(descriptor, arguments);
            StepExecution execution = step.start(call);
            call.thread().step = execution;
            if (!execution.start()) {
                return true;
            }
            requireOutcome(step, call);
        } catch (Exception | LinkageError e) {
            call.onFailure(e);
        }
        call.thread().step = null;
        return false;
    }

    private Step instantiate(StepDescriptor descriptor, CallArguments arguments) throws Exception {
        if (overridesNewInstance(descriptor)) {
            return descriptor.newInstance(arguments.named);
        }
        DescribableModel model = DescribableModel.of(descriptor.clazz);
        if (!descriptor.clazz.getName().startsWith(BASIC_STEPS)) {
            refuseUnknown(descriptor.getFunctionName(), arguments.named.keySet(), model);
        }
        return (Step) model.instantiate(arguments.named, symbols);
    }

    /** A controller only warns of an argument that a plugin's step does not have; here a slip of the pen is found early. */
    private static void refuseUnknown(String step, Set<String> given, DescribableModel model) throws AbortException {
        Set<String> unknown = new TreeSet<>(given);
        unknown.remove(DescribableModel.ANONYMOUS_KEY);
        unknown.removeAll(model.names());
        if (!unknown.isEmpty()) {
            throw new AbortException(step + " has no argument '" + String.join("', '", unknown) + "'"
                    + System.lineSeparator() + Nearest.advice(unknown, model.names()));
        }
    }

    private static boolean overridesNewInstance(StepDescriptor descriptor) throws NoSuchMethodException {
        return descriptor.getClass().getMethod("newInstance", Map.class).getDeclaringClass() != StepDescriptor.class;
    }

    private static void requireOutcome(Step step, StepCall call) {
        if (call.outcome() == null) {
            call.onFailure(new AssertionError("Step " + step + " claimed to have ended synchronously, "
                    + "but didn't set the result via StepContext.onSuccess/onFailure"));
        }
    }

    private static Object replay(Program program, StepCall call) {
        if (call.isBlock()) {
            program.trace("// " + call.function());
        }
        Outcome outcome = call.outcome();
        if (outcome.isFailure()) {
            StepRegistry.<RuntimeException>rethrow(outcome.getAbnormal());
        }
        return outcome.getNormal();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(Throwable cause) throws T {
        throw (T) cause;
    }
}
