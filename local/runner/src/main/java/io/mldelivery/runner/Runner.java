package io.mldelivery.runner;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Runs a Jenkinsfile in this JVM, one at a time. Durable: a build whose process was killed goes on where it was when
 * the same job is run with {@link RunRequest#resume()}.
 */
public final class Runner {
    private Runner() {}

    /**
     * Runs until the build has ended and writes its log also to the stream.
     *
     * @throws RunnerException when there is nothing to run
     */
    public static synchronized Result run(RunRequest request, PrintStream log) throws IOException {
        if (!request.resume() && !Files.isRegularFile(request.script())) {
            throw new RunnerException(
                    "There is no Jenkinsfile " + request.script(), "Name one with -f FILE or change to its folder.");
        }
        LocalJenkins.start(request.home());
        LocalJob job = LocalJob.named(request.job());
        LocalRun build = request.resume() ? unfinished(job) : newBuild(job);
        build.started();
        try (FileChannel channel = FileChannel.open(
                build.getRootDir().toPath().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = lock(channel, build);
            Result result = new BuildSession(request, build, log).run();
            lock.release();
            return result;
        } finally {
            LocalJenkins.stop();
        }
    }

    private static LocalRun newBuild(LocalJob job) throws IOException {
        LocalRun build = job.newBuild();
        Files.createDirectories(build.getRootDir().toPath());
        build.addAction(new CauseAction(new CommandLine()));
        return build;
    }

    private static LocalRun unfinished(LocalJob job) {
        LocalRun last = job.getLastBuild();
        if (last == null) {
            throw new RunnerException(
                    "There is no build of " + job.getName() + " to resume", "Run it without --resume.");
        }
        Path state = last.getRootDir().toPath().resolve(BuildSession.PROGRAM);
        if (!Files.exists(state)) {
            throw new RunnerException(
                    last + " has ended" + (last.getResult() == null ? "" : " with " + last.getResult())
                            + "; there is nothing to resume",
                    "Run it without --resume.");
        }
        return last;
    }

    private static FileLock lock(FileChannel channel, LocalRun build) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            throw running(build, e);
        }
        throw running(build, null);
    }

    private static RunnerException running(LocalRun build, Exception cause) {
        var error = new RunnerException(build + " is being run by another process", "Wait until it has ended.");
        if (cause != null) {
            error.addSuppressed(cause);
        }
        return error;
    }

    /** Why a local build was started. */
    private static final class CommandLine extends Cause {
        @Override
        public String getShortDescription() {
            return "Started from the command line";
        }
    }
}
