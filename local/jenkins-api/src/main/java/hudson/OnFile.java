package hudson;

import hudson.FilePath.FileCallable;
import hudson.remoting.DelegatingCallable;
import java.io.File;
import org.jenkinsci.remoting.RoleChecker;

/** Does file work and hands back its value or its exception, so that callers get the checked exception itself. */
record OnFile<T>(FileCallable<T> work, String path) implements DelegatingCallable<OnFile.Answer<T>, RuntimeException> {
    @Override
    public Answer<T> call() {
        try {
            return new Answer<>(work.invoke(new File(path), FilePath.localChannel), null);
        } catch (java.io.IOException | InterruptedException e) {
            return new Answer<>(null, e);
        }
    }

    @Override
    public ClassLoader getClassLoader() {
        return work.getClass().getClassLoader();
    }

    @Override
    public void checkRoles(RoleChecker checker) throws SecurityException {
        work.checkRoles(checker);
    }

    /** A value or the exception that took its place. */
    record Answer<T>(T value, Exception problem) implements java.io.Serializable {
        T valueOrThrow() throws java.io.IOException, InterruptedException {
            if (problem instanceof java.io.IOException io) {
                throw io;
            }
            if (problem instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            return value;
        }
    }
}
