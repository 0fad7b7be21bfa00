package io.mldelivery.local.hooks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * Runner-only: what an agent would do to a callable and to its result. Listeners, file paths and remote streams pass by reference, as
 * remoting passes them by proxy; everything else is written and read by Java serialization. One trip a call.
 */
public final class RoundTrip {
    private static final ThreadLocal<Boolean> TRAVELLING = ThreadLocal.withInitial(() -> false);

    private final ClassLoader loader;
    private final List<Object> byReference = new ArrayList<>();

    public RoundTrip(ClassLoader loader) {
        this.loader = loader;
    }

    /** Whether this thread is sending an object to an agent now, as opposed to storing it. */
    public static boolean inProgress() {
        return TRAVELLING.get();
    }

    /** The copy that the other side would have. */
    public <T> T there(T sent) {
        return copy(sent, "argument");
    }

    /** The copy of the result that this side would have. */
    public <T> T back(T result) {
        return copy(result, "result");
    }

    @SuppressWarnings("unchecked")
    private <T> T copy(T original, String what) {
        if (original == null) {
            return null;
        }
        try {
            return (T) read(write(original));
        } catch (NotSerializableException e) {
            throw new IllegalStateException(
                    what + " of remote work cannot travel: class " + e.getMessage() + " is not serializable (in "
                            + original.getClass().getName() + "). Make it Serializable, transient or static.",
                    e);
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(
                    what + " of remote work cannot travel: "
                            + original.getClass().getName() + ": " + e,
                    e);
        }
    }

    private byte[] write(Object original) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TRAVELLING.set(true);
        try (Sender out = new Sender(bytes)) {
            out.writeObject(original);
        } finally {
            TRAVELLING.set(false);
        }
        return bytes.toByteArray();
    }

    private Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (Receiver in = new Receiver(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    private record Reference(int index) implements Serializable {}

    private final class Sender extends ObjectOutputStream {
        Sender(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object o) {
            if (o instanceof SerializableOnlyOverRemoting) {
                byReference.add(o);
                return new Reference(byReference.size() - 1);
            }
            return o;
        }
    }

    private final class Receiver extends ObjectInputStream {
        Receiver(InputStream in) throws IOException {
            super(in);
            enableResolveObject(true);
        }

        @Override
        protected Object resolveObject(Object o) {
            return o instanceof Reference reference ? byReference.get(reference.index()) : o;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }
}
