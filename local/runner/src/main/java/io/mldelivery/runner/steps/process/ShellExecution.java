package io.mldelivery.runner.steps.process;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import io.mldelivery.runner.machine.StepCall;
import io.mldelivery.runner.steps.BlockExecution;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Follows one detached command: copies its output into the log and ends when it has ended. After a restart it goes on
 * where it was; a command that was started right before the runner was killed is adopted, not started twice.
 */
final class ShellExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final long FIRST_POLL = 4;
    private static final long SLOWEST_POLL = 200;
    private static final long GRACE = 10_000;
    private static final ScheduledExecutorService POLLS = polls();

    private final transient String script;
    private final boolean returnStdout;
    private final boolean returnStatus;
    private final String encoding;
    private final String label;
    private String folder;
    private transient volatile DetachedCommand command;
    private transient volatile Throwable stoppedBy;
    private transient volatile boolean ended;
    private transient long pollInterval;
    private transient PrintStream log;

    ShellExecution(
            StepContext context,
            String script,
            boolean returnStdout,
            boolean returnStatus,
            String encoding,
            String label) {
        super(context);
        this.script = script;
        this.returnStdout = returnStdout;
        this.returnStatus = returnStatus;
        this.encoding = encoding;
        this.label = label;
    }

    private static ScheduledExecutorService polls() {
        return new ScheduledThreadPoolExecutor(4, work -> {
            var thread = new Thread(work, "sh");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public boolean start() throws Exception {
        var call = (StepCall) getContext();
        Path control = getContext().get(Run.class).getRootDir().toPath().resolve("durable/s" + call.id());
        folder = control.toString();
        command = new DetachedCommand(control);
        if (script.isEmpty()) {
            BlockExecution.log(getContext()).println("Warning: was asked to run an empty script");
        }
        if (!command.isOf(script)) {
            Path workspace = Path.of(getContext().get(FilePath.class).getRemote());
            Files.createDirectories(workspace);
            command.launch(script, returnStdout, workspace, getContext().get(EnvVars.class));
        }
        follow();
        return false;
    }

    private void follow() throws IOException, InterruptedException {
        log = BlockExecution.log(getContext());
        pollInterval = FIRST_POLL;
        command.whenProcessEnds(() -> POLLS.execute(this::poll));
        POLLS.schedule(this::pollAgain, pollInterval, TimeUnit.MILLISECONDS);
    }

    private void pollAgain() {
        poll();
        if (!ended) {
            pollInterval = Math.min(SLOWEST_POLL, pollInterval * 3 / 2 + 1);
            POLLS.schedule(this::pollAgain, pollInterval, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void poll() {
        if (ended) {
            return;
        }
        try {
            Integer status = command.exitStatus();
            if (command.copyOutput(log, status != null)) {
                pollInterval = FIRST_POLL;
            }
            if (status != null) {
                ended = true;
                if (command.endsWithinLine()) {
                    log.println();
                }
                finish(status);
            }
        } catch (IOException | RuntimeException e) {
            ended = true;
            getContext().onFailure(e);
        }
    }

    private void finish(int status) throws IOException {
        byte[] stdout = returnStdout ? command.stdout() : new byte[0];
        if (status == 0 || returnStatus && stoppedBy == null) {
            getContext().onSuccess(result(status, stdout));
        } else {
            log.write(stdout, 0, stdout.length);
            getContext()
                    .onFailure(
                            stoppedBy != null ? stoppedBy : new AbortException("script returned exit code " + status));
        }
    }

    private Object result(int status, byte[] stdout) {
        if (returnStatus) {
            return status;
        }
        Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
        return returnStdout ? new String(stdout, charset) : null;
    }

    @Override
    public void onResume() {
        command = new DetachedCommand(Path.of(folder));
        try {
            follow();
        } catch (IOException | InterruptedException e) {
            getContext().onFailure(e);
        }
    }

    @Override
    public void stop(Throwable cause) {
        stoppedBy = cause;
        log.println("Sending interrupt signal to process");
        POLLS.execute(() -> command.signal("TERM"));
        POLLS.schedule(this::kill, GRACE, TimeUnit.MILLISECONDS);
    }

    private void kill() {
        if (!ended) {
            log.println("After 10s process did not stop");
            command.signal("KILL");
        }
    }

    @Override
    public String getStatus() {
        return label == null ? "running in " + folder : label;
    }
}
