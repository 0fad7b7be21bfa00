package hudson.model;

import hudson.EnvVars;
import hudson.ExtensionPoint;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.kohsuke.stapler.export.Exported;

/** Something that is built again and again. */
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends AbstractItem
        implements ExtensionPoint {
    protected transient volatile int nextBuildNumber = 1;
    private final CopyOnWriteArrayList<JobProperty<? super JobT>> properties = new CopyOnWriteArrayList<>();

    protected Job(ItemGroup parent, String name) {
        super(parent, name);
    }

    @Override
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        super.onLoad(parent, name);
        Path file = numberFile();
        if (Files.exists(file)) {
            nextBuildNumber = Integer.parseInt(Files.readString(file).trim());
        }
    }

    /** Takes the next number, on disk before it is used. */
    public int assignBuildNumber() throws IOException {
        synchronized (this) {
            int number = nextBuildNumber++;
            saveNextBuildNumber();
            return number;
        }
    }

    protected synchronized void saveNextBuildNumber() throws IOException {
        Files.createDirectories(numberFile().getParent());
        Files.writeString(numberFile(), nextBuildNumber + "\n", StandardCharsets.UTF_8);
    }

    private Path numberFile() {
        return getRootDir().toPath().resolve("nextBuildNumber");
    }

    @Exported
    public int getNextBuildNumber() {
        return nextBuildNumber;
    }

    public EnvVars getCharacteristicEnvVars() {
        EnvVars env = new EnvVars();
        env.put("JENKINS_SERVER_COOKIE", "mldelivery");
        env.put("HUDSON_SERVER_COOKIE", "mldelivery");
        env.put("JOB_NAME", getFullName());
        env.put("JOB_BASE_NAME", getName());
        return env;
    }

    public EnvVars getEnvironment(Node node, TaskListener listener) throws IOException, InterruptedException {
        EnvVars env = new EnvVars();
        env.putAll(getCharacteristicEnvVars());
        for (EnvironmentContributor contributor : EnvironmentContributor.all()) {
            contributor.buildEnvironmentFor(this, env, listener);
        }
        return env;
    }

    @Override
    public Collection<? extends Job> getAllJobs() {
        return List.of(this);
    }

    public void addProperty(JobProperty<? super JobT> jobProp) throws IOException {
        properties.add(jobProp);
        save();
    }

    public void removeProperty(JobProperty<? super JobT> jobProp) throws IOException {
        properties.remove(jobProp);
        save();
    }

    public <T extends JobProperty> T removeProperty(Class<T> clazz) throws IOException {
        T property = getProperty(clazz);
        if (property != null) {
            properties.remove(property);
            save();
        }
        return property;
    }

    @Exported(name = "property", inline = true)
    public List<JobProperty<? super JobT>> getAllProperties() {
        return List.copyOf(properties);
    }

    public <T extends JobProperty> T getProperty(Class<T> clazz) {
        return properties.stream()
                .filter(clazz::isInstance)
                .map(clazz::cast)
                .findFirst()
                .orElse(null);
    }

    @Exported
    public abstract boolean isBuildable();

    /** Whether a build of this job waits to start; never without a controller. */
    public boolean isInQueue() {
        return false;
    }

    public boolean isBuilding() {
        RunT last = getLastBuild();
        return last != null && last.isBuilding();
    }

    public File getBuildDir() {
        return new File(getRootDir(), "builds");
    }

    public RunT getBuild(String id) {
        return find(build -> build.getId().equals(id));
    }

    public RunT getBuildByNumber(int n) {
        return _getRuns().get(n);
    }

    /** All builds, newest first. */
    protected abstract SortedMap<Integer, ? extends RunT> _getRuns();

    protected abstract void removeRun(RunT run);

    @Exported
    public RunT getLastBuild() {
        return find(build -> true);
    }

    @Exported
    public RunT getFirstBuild() {
        SortedMap<Integer, ? extends RunT> runs = _getRuns();
        return runs.isEmpty() ? null : runs.get(runs.lastKey());
    }

    @Exported
    public RunT getLastSuccessfulBuild() {
        return find(build -> !build.isBuilding()
                && build.getResult() != null
                && build.getResult().isBetterOrEqualTo(Result.UNSTABLE));
    }

    @Exported
    public RunT getLastStableBuild() {
        return find(build -> !build.isBuilding() && Objects.equals(build.getResult(), Result.SUCCESS));
    }

    @Exported
    public RunT getLastFailedBuild() {
        return find(build -> !build.isBuilding() && Objects.equals(build.getResult(), Result.FAILURE));
    }

    @Exported
    public RunT getLastCompletedBuild() {
        return find(build -> !build.isBuilding());
    }

    private RunT find(Predicate<RunT> wanted) {
        for (RunT run : _getRuns().values()) {
            if (wanted.test(run)) {
                return run;
            }
        }
        return null;
    }
}
