package io.mldelivery.runner.machine;

import groovy.lang.Binding;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables that the scripts of a program share; saved with it. */
final class PipelineBinding extends Binding implements Serializable {
    private static final long serialVersionUID = 1L;

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeObject(new LinkedHashMap<>(getVariables()));
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        ((Map<?, ?>) in.readObject()).forEach((name, value) -> setVariable((String) name, value));
    }
}
