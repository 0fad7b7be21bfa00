package hudson.model;

import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.Util;
import hudson.XmlFile;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import hudson.util.XStream2;
import io.mldelivery.local.hooks.Permissions;
import io.mldelivery.local.hooks.PlainText;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import jenkins.console.WithConsoleUrl;
import jenkins.model.HistoricalBuild;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import jenkins.util.io.OnMaster;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.access.AccessDeniedException;

/** One build of a job. Its folder has build.xml, the log and what plugins put there. */
@ExportedBean
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements ExtensionPoint,
                Comparable<RunT>,
                AccessControlled,
                PersistenceRoot,
                DescriptorByNameOwner,
                OnMaster,
                StaplerProxy,
                HistoricalBuild,
                WithConsoleUrl {
    public static final XStream2 XSTREAM2 = new XStream2();
    public static final PermissionGroup PERMISSIONS = new PermissionGroup(Run.class, new PlainText("Run"));
    public static final Permission DELETE = permission("Delete", Permission.DELETE);
    public static final Permission UPDATE = permission("Update", Permission.UPDATE);
    public static final Permission ARTIFACTS = permission("Artifacts", null);

    protected final transient JobT project;
    public transient int number;
    protected long timestamp;
    protected volatile Result result;
    protected volatile String description;
    protected long duration;
    protected String charset;
    private volatile String displayName;
    private long startTime;
    private boolean keepLog;
    private transient volatile boolean building;

    protected Run(JobT job) throws IOException {
        this(job, System.currentTimeMillis());
        number = job.assignBuildNumber();
        Files.createDirectories(getRootDir().toPath());
    }

    protected Run(JobT job, Calendar timestamp) {
        this(job, timestamp.getTimeInMillis());
    }

    protected Run(JobT job, long timestamp) {
        this.project = job;
        this.timestamp = timestamp;
        this.building = true;
    }

    /** Loads a build from its folder. */
    protected Run(JobT project, File buildDir) throws IOException {
        this.project = project;
        this.number = Integer.parseInt(buildDir.getName());
        reload();
    }

    public void reload() throws IOException {
        XmlFile file = dataFile();
        if (file.exists()) {
            file.unmarshal(this);
        }
        onLoad();
    }

    protected void onLoad() {
        for (Action action : getActions()) {
            if (action instanceof RunAction2 ours) {
                ours.onLoad(this);
            }
        }
    }

    private static Permission permission(String name, Permission impliedBy) {
        return new Permission(PERMISSIONS, name, new PlainText(name), impliedBy, PermissionScope.RUN);
    }

    @Override
    public void addAction(Action a) {
        super.addAction(a);
        if (a instanceof RunAction2 ours) {
            ours.onAttached(this);
        }
    }

    @Override
    public int compareTo(RunT that) {
        int byJob = getParent().getFullName().compareTo(that.getParent().getFullName());
        return byJob != 0 ? byJob : Integer.compare(number, that.number);
    }

    @Override
    @Exported
    public Result getResult() {
        return result;
    }

    /** A result only gets worse. */
    public void setResult(Result r) {
        result = Result.combine(result, r);
    }

    @Exported
    public boolean isBuilding() {
        return building;
    }

    @Exported
    public boolean isInProgress() {
        return building;
    }

    public boolean isLogUpdated() {
        return building;
    }

    /** Also when a build goes on after a restart; its start stays what it was. */
    protected void onStartBuilding() {
        if (startTime == 0) {
            startTime = System.currentTimeMillis();
        }
        building = true;
    }

    protected void onEndBuilding() {
        duration = Math.max(System.currentTimeMillis() - getStartTimeInMillis(), 0);
        building = false;
    }

    @Exported
    public Executor getExecutor() {
        return null;
    }

    public final Charset getCharset() {
        return charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset);
    }

    public List<Cause> getCauses() {
        CauseAction action = getAction(CauseAction.class);
        return action == null ? List.of() : action.getCauses();
    }

    public <T extends Cause> T getCause(Class<T> type) {
        return getCauses().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    @Exported
    public final boolean isKeepLog() {
        return keepLog;
    }

    public final void keepLog() throws IOException {
        keepLog(true);
    }

    public void keepLog(boolean newValue) throws IOException {
        keepLog = newValue;
        save();
    }

    public JobT getParent() {
        return project;
    }

    @Exported
    public Calendar getTimestamp() {
        GregorianCalendar calendar = new GregorianCalendar();
        calendar.setTimeInMillis(timestamp);
        return calendar;
    }

    public final Date getTime() {
        return new Date(timestamp);
    }

    /** When the build was scheduled, milliseconds since the epoch. */
    public final long getTimeInMillis() {
        return timestamp;
    }

    /** When the build started, milliseconds since the epoch. */
    public final long getStartTimeInMillis() {
        return startTime == 0 ? timestamp : startTime;
    }

    @Exported
    public String getDescription() {
        return description;
    }

    public void setDescription(String description) throws IOException {
        this.description = description;
        save();
    }

    public String getDurationString() {
        return building
                ? Util.getTimeSpanString(System.currentTimeMillis() - getStartTimeInMillis()) + " and counting"
                : Util.getTimeSpanString(duration);
    }

    /** Milliseconds; 0 while it runs. */
    @Exported
    public long getDuration() {
        return duration;
    }

    @Override
    public String toString() {
        return project.getFullName() + " #" + number;
    }

    @Exported
    public String getFullDisplayName() {
        return project.getFullDisplayName() + ' ' + getDisplayName();
    }

    @Override
    @Exported
    public String getDisplayName() {
        return displayName != null ? displayName : "#" + number;
    }

    public boolean hasCustomDisplayName() {
        return displayName != null;
    }

    public void setDisplayName(String value) throws IOException {
        displayName = value;
        save();
    }

    @Override
    @Exported(visibility = 2)
    public int getNumber() {
        return number;
    }

    public RunT getPreviousBuild() {
        RunT closest = null;
        for (RunT run : project._getRuns().values()) {
            if (run.number < number && (closest == null || run.number > closest.number)) {
                closest = run;
            }
        }
        return closest;
    }

    public RunT getNextBuild() {
        RunT closest = null;
        for (RunT run : project._getRuns().values()) {
            if (run.number > number && (closest == null || run.number < closest.number)) {
                closest = run;
            }
        }
        return closest;
    }

    public final RunT getPreviousCompletedBuild() {
        RunT run = getPreviousBuild();
        while (run != null && run.isBuilding()) {
            run = run.getPreviousBuild();
        }
        return run;
    }

    public RunT getPreviousSuccessfulBuild() {
        RunT run = getPreviousCompletedBuild();
        while (run != null && (run.getResult() == null || run.getResult().isWorseThan(Result.UNSTABLE))) {
            run = run.getPreviousCompletedBuild();
        }
        return run;
    }

    public String getUrl() {
        return project.getUrl() + number + '/';
    }

    @Override
    public String getConsoleUrl() {
        return getUrl() + "console";
    }

    @Override
    public final String getSearchUrl() {
        return number + "/";
    }

    @Exported
    public String getId() {
        return Integer.toString(number);
    }

    @Override
    public File getRootDir() {
        return new File(project.getBuildDir(), getId());
    }

    public List<ParameterValue> getParameterValues() {
        ParametersAction action = getAction(ParametersAction.class);
        return action == null ? List.of() : action.getParameters();
    }

    /** Where archived artifacts are. */
    @Deprecated
    public File getArtifactsDir() {
        return new File(getRootDir(), "archive");
    }

    @Deprecated
    public File getLogFile() {
        return new File(getRootDir(), "log");
    }

    public InputStream getLogInputStream() throws IOException {
        Path log = new File(getRootDir(), "log").toPath();
        return Files.exists(log) ? Files.newInputStream(log) : InputStream.nullInputStream();
    }

    /** The last lines of the log. */
    public List<String> getLog(int maxLines) throws IOException {
        try (InputStream in = getLogInputStream()) {
            List<String> all =
                    new String(in.readAllBytes(), getCharset()).lines().toList();
            return new ArrayList<>(all.subList(Math.max(0, all.size() - maxLines), all.size()));
        }
    }

    @Override
    public ACL getACL() {
        return Permissions.acl();
    }

    public void delete() throws IOException {
        Util.deleteRecursive(getRootDir());
        project.removeRun(self());
    }

    @SuppressWarnings("unchecked")
    private RunT self() {
        return (RunT) this;
    }

    @Override
    public synchronized void save() throws IOException {
        dataFile().write(this);
    }

    private XmlFile dataFile() {
        return new XmlFile(XSTREAM2, new File(getRootDir(), "build.xml"));
    }

    public EnvVars getEnvironment(TaskListener listener) throws IOException, InterruptedException {
        EnvVars env = project.getEnvironment(null, listener);
        env.putAll(getCharacteristicEnvVars());
        for (EnvironmentContributor contributor : EnvironmentContributor.all()) {
            contributor.buildEnvironmentFor(this, env, listener);
        }
        for (Action action : getAllActions()) {
            if (action instanceof EnvironmentContributingAction contributing) {
                contributing.buildEnvironment(this, env);
            }
        }
        return env;
    }

    public final EnvVars getCharacteristicEnvVars() {
        EnvVars env = project.getCharacteristicEnvVars();
        env.put("BUILD_NUMBER", Integer.toString(number));
        env.put("BUILD_ID", getId());
        env.put("BUILD_TAG", "jenkins-" + project.getFullName().replace('/', '-') + "-" + number);
        return env;
    }

    public String getExternalizableId() {
        return project.getFullName() + "#" + number;
    }

    /** Null when the job or build is gone. */
    public static Run<?, ?> fromExternalizableId(String id) throws IllegalArgumentException, AccessDeniedException {
        int hash = id.lastIndexOf('#');
        if (hash <= 0) {
            throw new IllegalArgumentException("Invalid id: " + id);
        }
        Job<?, ?> job = (Job<?, ?>) Jenkins.get().getItemByFullName(id.substring(0, hash));
        return job == null ? null : job.getBuildByNumber(Integer.parseInt(id.substring(hash + 1)));
    }

    @Override
    public Object getTarget() {
        return this;
    }
}
