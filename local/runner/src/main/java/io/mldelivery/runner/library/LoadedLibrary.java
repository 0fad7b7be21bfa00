package io.mldelivery.runner.library;

import groovy.lang.GroovyObjectSupport;
import groovy.lang.MissingPropertyException;
import io.mldelivery.runner.machine.Program;
import io.mldelivery.runner.script.ScriptHost;
import java.io.Serializable;
import org.codehaus.groovy.runtime.InvokerHelper;

/** What the step {@code library} returns: properties lead through packages to classes, whose methods can be called. */
public final class LoadedLibrary extends GroovyObjectSupport implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String prefix;

    LoadedLibrary(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Object getProperty(String name) {
        return new LoadedLibrary(prefix.isEmpty() ? name : prefix + "." + name);
    }

    @Override
    public Object invokeMethod(String name, Object arguments) {
        Class<?> type = type();
        return name.equals("new")
                ? InvokerHelper.invokeConstructorOf(type, arguments)
                : InvokerHelper.invokeMethod(type, name, arguments);
    }

    private Class<?> type() {
        try {
            return ((Program) ScriptHost.current()).compiler().loader().loadClass(prefix);
        } catch (ClassNotFoundException e) {
            throw new MissingPropertyException("No library has a class " + prefix, prefix, LoadedLibrary.class);
        }
    }
}
