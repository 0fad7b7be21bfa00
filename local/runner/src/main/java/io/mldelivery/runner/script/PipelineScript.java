package io.mldelivery.runner.script;

import com.cloudbees.groovy.cps.SerializableScript;
import groovy.lang.Binding;
import groovy.lang.MetaClass;
import groovy.lang.MissingPropertyException;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * Base class of the Jenkinsfile and of library scripts: methods that the script does not define are steps or global
 * variables.
 */
public abstract class PipelineScript extends SerializableScript {
    private static final long serialVersionUID = 1L;

    /** Resolves what Groovy did not find: a variable that can be called, then the host's steps and globals. */
    @Override
    public final Object invokeMethod(String name, Object arguments) {
        Object[] list = arguments instanceof Object[] array ? array : new Object[] {arguments};
        if (getBinding().hasVariable(name)) {
            Object value = getBinding().getVariable(name);
            MetaClass type = InvokerHelper.getMetaClass(value);
            if (!type.respondsTo(value, "call", list).isEmpty()) {
                return type.invokeMethod(value, "call", list);
            }
        }
        if (!getMetaClass().respondsTo(this, name, list).isEmpty()) {
            return getMetaClass().invokeMethod(this, name, list);
        }
        return ScriptHost.current().call(name, list);
    }

    @Override
    public Object getProperty(String name) {
        Binding binding = getBinding();
        if (binding.hasVariable(name)) {
            return binding.getVariable(name);
        }
        Object value = ScriptHost.current().property(name);
        return value != ScriptHost.ABSENT ? value : ownProperty(name);
    }

    @Override
    public void setProperty(String name, Object value) {
        boolean known = getBinding().hasVariable(name)
                || !getMetaClass().respondsTo(this, setterOf(name)).isEmpty();
        if (!known && getMetaClass().hasProperty(this, name) == null) {
            ScriptHost.current()
                    .note("Did you forget the `def` keyword? " + getClass().getSimpleName()
                            + " seems to be setting a field named " + name + " (to a value of type "
                            + (value == null ? "null" : value.getClass().getSimpleName())
                            + ") which could lead to memory leaks or other issues.");
        }
        super.setProperty(name, value);
    }

    private static String setterOf(String property) {
        return "set" + Character.toUpperCase(property.charAt(0)) + property.substring(1);
    }

    private Object ownProperty(String name) {
        try {
            return super.getProperty(name);
        } catch (MissingPropertyException e) {
            throw new MissingPropertyException(name, getClass());
        }
    }

    @Override
    public Object evaluate(String text) {
        return ScriptHost.current().evaluate(text);
    }

    @Override
    public void println() {
        ScriptHost.current().call("echo", new Object[] {""});
    }

    @Override
    public void println(Object value) {
        ScriptHost.current().call("echo", new Object[] {String.valueOf(value)});
    }

    @Override
    public void print(Object value) {
        println(value);
    }

    @Override
    public void printf(String format, Object value) {
        println(String.format(format, value));
    }

    @Override
    public void printf(String format, Object[] values) {
        println(String.format(format, values));
    }

    /** The step {@code sleep}, which Groovy's own method of every object would hide. */
    public Object sleep(long time) {
        return ScriptHost.current().call("sleep", new Object[] {time});
    }
}
