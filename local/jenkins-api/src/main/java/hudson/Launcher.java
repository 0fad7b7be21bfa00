package hudson;

import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.util.ArgumentListBuilder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Starts processes on the machine of a node. */
public abstract class Launcher {
    protected final TaskListener listener;
    protected final VirtualChannel channel;

    protected Launcher(TaskListener listener, VirtualChannel channel) {
        this.listener = listener;
        this.channel = channel;
    }

    protected Launcher(Launcher launcher) {
        this(launcher.listener, launcher.channel);
    }

    public VirtualChannel getChannel() {
        return channel;
    }

    public TaskListener getListener() {
        return listener;
    }

    /** The computer of the node, null where there is no controller. */
    @Deprecated
    public Computer getComputer() {
        return null;
    }

    /** Collects what a process needs; {@link #start()} or {@link #join()} starts it. */
    public final class ProcStarter {
        protected List<String> commands;
        protected boolean[] masks;
        protected FilePath pwd;
        protected OutputStream stdout = OutputStream.nullOutputStream();
        protected OutputStream stderr;
        protected InputStream stdin = InputStream.nullInputStream();
        protected String[] envs;
        protected boolean reverseStdin;
        protected boolean reverseStdout;
        protected boolean reverseStderr;
        private boolean quiet;

        public ProcStarter cmdAsSingleString(String s) {
            return cmds(Util.tokenize(s));
        }

        public ProcStarter cmds(String... args) {
            return cmds(Arrays.asList(args));
        }

        public ProcStarter cmds(File program, String... args) {
            List<String> all = new ArrayList<>();
            all.add(program.getPath());
            all.addAll(Arrays.asList(args));
            return cmds(all);
        }

        public ProcStarter cmds(List<String> args) {
            commands = new ArrayList<>(args);
            return this;
        }

        public ProcStarter cmds(ArgumentListBuilder args) {
            commands = args.toList();
            masks = args.toMaskArray();
            return this;
        }

        public List<String> cmds() {
            return commands;
        }

        public ProcStarter masks(boolean... masks) {
            this.masks = masks;
            return this;
        }

        public boolean[] masks() {
            return masks;
        }

        /** Quiet processes do not print their command line to the log. */
        public ProcStarter quiet(boolean quiet) {
            this.quiet = quiet;
            return this;
        }

        public boolean quiet() {
            return quiet;
        }

        public ProcStarter pwd(FilePath workDir) {
            this.pwd = workDir;
            return this;
        }

        public ProcStarter pwd(File workDir) {
            return pwd(new FilePath(workDir));
        }

        public ProcStarter pwd(String workDir) {
            return pwd(new FilePath(getChannel(), workDir));
        }

        public FilePath pwd() {
            return pwd;
        }

        public ProcStarter stdout(OutputStream out) {
            this.stdout = out;
            return this;
        }

        public ProcStarter stdout(TaskListener out) {
            return stdout(out.getLogger());
        }

        public OutputStream stdout() {
            return stdout;
        }

        /** Null joins the error output to the output. */
        public ProcStarter stderr(OutputStream err) {
            this.stderr = err;
            return this;
        }

        public OutputStream stderr() {
            return stderr;
        }

        public ProcStarter stdin(InputStream in) {
            this.stdin = in;
            return this;
        }

        public InputStream stdin() {
            return stdin;
        }

        public ProcStarter envs(Map<String, String> overrides) {
            return envs(Util.mapToEnv(overrides));
        }

        public ProcStarter envs(String... overrides) {
            this.envs = overrides == null ? null : overrides.clone();
            return this;
        }

        public String[] envs() {
            return envs == null ? new String[0] : envs.clone();
        }

        public ProcStarter readStdout() {
            reverseStdout = true;
            stdout = null;
            return this;
        }

        public ProcStarter readStderr() {
            reverseStderr = true;
            stderr = null;
            return this;
        }

        public ProcStarter writeStdin() {
            reverseStdin = true;
            stdin = null;
            return this;
        }

        public Proc start() throws IOException {
            return launch(this);
        }

        public int join() throws IOException, InterruptedException {
            return start().join();
        }

        public ProcStarter copy() {
            ProcStarter copy = new ProcStarter()
                    .cmds(commands)
                    .pwd(pwd)
                    .masks(masks)
                    .stdin(stdin)
                    .stdout(stdout)
                    .stderr(stderr)
                    .envs(envs)
                    .quiet(quiet);
            copy.reverseStdin = reverseStdin;
            copy.reverseStdout = reverseStdout;
            copy.reverseStderr = reverseStderr;
            return copy;
        }
    }

    public final ProcStarter launch() {
        return new ProcStarter();
    }

    public abstract Proc launch(ProcStarter starter) throws IOException;

    public boolean isUnix() {
        return File.pathSeparatorChar == ':';
    }

    /** Ends the processes whose environment has all these variables. */
    public abstract void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException;

    protected final void printCommandLine(String[] cmd, FilePath workDir) {
        maskedPrintCommandLine(cmd, new boolean[cmd.length], workDir);
    }

    protected final void maskedPrintCommandLine(List<String> cmd, boolean[] mask, FilePath workDir) {
        boolean[] masks = mask == null ? new boolean[cmd.size()] : mask;
        maskedPrintCommandLine(cmd.toArray(new String[0]), masks, workDir);
    }

    protected final void maskedPrintCommandLine(String[] cmd, boolean[] mask, FilePath workDir) {
        StringBuilder line = new StringBuilder();
        if (workDir != null) {
            line.append('[').append(workDir.getName()).append("] ");
        }
        line.append('$');
        for (int i = 0; i < cmd.length; i++) {
            line.append(' ').append(i < mask.length && mask[i] ? "********" : quoted(cmd[i]));
        }
        listener.getLogger().println(line);
    }

    private static String quoted(String argument) {
        return argument.indexOf(' ') >= 0 || argument.isEmpty() ? '"' + argument + '"' : argument;
    }

    public final Launcher decorateFor(Node node) {
        return this;
    }

    public final Launcher decorateByPrefix(String... prefix) {
        return new PrefixedLauncher(this, prefix);
    }

    public final Launcher decorateByEnv(EnvVars env) {
        return new EnvironmentLauncher(this, env);
    }

    /** Starts processes on this machine with this JVM's environment below the given one. */
    public static class LocalLauncher extends Launcher {
        public LocalLauncher(TaskListener listener) {
            this(listener, FilePath.localChannel);
        }

        public LocalLauncher(TaskListener listener, VirtualChannel channel) {
            super(listener, channel);
        }

        @Override
        public Proc launch(ProcStarter ps) throws IOException {
            if (!ps.quiet()) {
                maskedPrintCommandLine(ps.cmds(), ps.masks(), ps.pwd());
            }
            EnvVars environment = new EnvVars(EnvVars.masterEnvVars);
            for (String line : ps.envs()) {
                int sep = line.indexOf('=');
                environment.override(line.substring(0, sep), line.substring(sep + 1));
            }
            return new Proc.LocalProc(
                    ps.cmds().toArray(new String[0]),
                    Util.mapToEnv(environment),
                    ps.reverseStdin ? Proc.LocalProc.SELFPUMP_INPUT : ps.stdin(),
                    ps.reverseStdout ? Proc.LocalProc.SELFPUMP_OUTPUT : ps.stdout(),
                    ps.reverseStderr ? Proc.LocalProc.SELFPUMP_OUTPUT : ps.stderr(),
                    ps.pwd() == null ? null : new File(ps.pwd().getRemote()));
        }

        @Override
        public void kill(Map<String, String> modelEnvVars) throws InterruptedException {
            ProcessGroups.killByEnvironment(modelEnvVars);
        }
    }

    /** Passes everything on to another launcher. */
    public static class DecoratedLauncher extends Launcher {
        private final Launcher inner;

        public DecoratedLauncher(Launcher inner) {
            super(inner);
            this.inner = inner;
        }

        @Override
        public Proc launch(ProcStarter starter) throws IOException {
            return inner.launch(starter);
        }

        @Override
        public void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException {
            inner.kill(modelEnvVars);
        }

        @Override
        public boolean isUnix() {
            return inner.isUnix();
        }

        public Launcher getInner() {
            return inner;
        }
    }
}
