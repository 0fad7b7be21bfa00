package io.mldelivery.runner.build;

import groovy.lang.GroovyObjectSupport;
import java.io.Serializable;

/** The global variable {@code steps}: calls steps from classes of a library. */
public final class StepsVariable extends GroovyObjectSupport implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Object invokeMethod(String name, Object arguments) {
        Object[] list = arguments instanceof Object[] array ? array : new Object[] {arguments};
        return BuildSurroundings.current().callStep(name, list);
    }
}
