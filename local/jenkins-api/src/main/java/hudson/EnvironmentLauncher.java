package hudson;

import java.io.IOException;

/** Adds environment variables below those that a process asks for. */
final class EnvironmentLauncher extends Launcher.DecoratedLauncher {
    private final EnvVars environment;

    EnvironmentLauncher(Launcher inner, EnvVars environment) {
        super(inner);
        this.environment = new EnvVars(environment);
    }

    @Override
    public Proc launch(ProcStarter starter) throws IOException {
        EnvVars all = new EnvVars(environment);
        for (String line : starter.envs()) {
            all.addLine(line);
        }
        return super.launch(starter.envs(all));
    }
}
