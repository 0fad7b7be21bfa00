package io.mldelivery.runner.machine;

import hudson.FilePath;
import hudson.model.Run;
import java.io.File;
import java.io.InvalidObjectException;
import java.io.Serializable;

/** Stands in the saved state for an object that is looked up or made anew when the state is read. */
final class Reference implements Serializable {
    private static final long serialVersionUID = 1L;

    private enum Kind {
        FILE_PATH,
        BUILD
    }

    private final Kind kind;
    private final String id;

    private Reference(Kind kind, String id) {
        this.kind = kind;
        this.id = id;
    }

    static Object to(Object object) {
        if (object instanceof FilePath path) {
            return new Reference(Kind.FILE_PATH, path.getRemote());
        }
        return object instanceof Run<?, ?> build ? new Reference(Kind.BUILD, build.getExternalizableId()) : object;
    }

    private Object readResolve() throws InvalidObjectException {
        if (kind == Kind.FILE_PATH) {
            return new FilePath(new File(id));
        }
        Run<?, ?> build = Run.fromExternalizableId(id);
        if (build == null) {
            throw new InvalidObjectException("The build " + id + " is gone");
        }
        return build;
    }
}
