package hudson;

import hudson.remoting.DelegatingCallable;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jenkinsci.remoting.RoleChecker;

/** File work as a plain callable. */
record OnFileNow<T>(OnFile<T> work) implements DelegatingCallable<T, IOException> {
    @Override
    public T call() throws IOException {
        try {
            return work.call().valueOrThrow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    @Override
    public ClassLoader getClassLoader() {
        return work.getClassLoader();
    }

    @Override
    public void checkRoles(RoleChecker checker) throws SecurityException {
        work.checkRoles(checker);
    }
}
