package io.jenkins.plugins.mldelivery.drift;

import hudson.AbortException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A step whose data is read and counted by DuckDB on the agent, or by Apache Spark, to which the agent submits the work.
 * Fields are null in a step that a version without them stored.
 */
public abstract class EngineStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String DUCKDB = "duckdb";
    private static final String SPARK = "spark";
    private static final Set<String> ENGINES = Set.of(DUCKDB, SPARK);

    private String engine = DUCKDB;
    private String sparkHome = "";
    private String sparkJar = "";
    private String sparkMaster = "";
    private LinkedHashMap<String, String> sparkConf = new LinkedHashMap<>();

    public String getEngine() {
        return engine == null ? DUCKDB : engine;
    }

    /** {@code duckdb} or {@code spark}. */
    @DataBoundSetter
    public void setEngine(String engine) {
        this.engine = engine == null || engine.isBlank() ? DUCKDB : engine.strip();
    }

    public String getSparkHome() {
        return orEmpty(sparkHome);
    }

    /** The folder of a Spark installation on the agent; empty for what {@code SPARK_HOME} names. */
    @DataBoundSetter
    public void setSparkHome(String sparkHome) {
        this.sparkHome = orEmpty(sparkHome);
    }

    public String getSparkJar() {
        return orEmpty(sparkJar);
    }

    /** The Spark engine's jar, looked up from the workspace; empty for what {@code MLDELIVERY_SPARK_JAR} names. */
    @DataBoundSetter
    public void setSparkJar(String sparkJar) {
        this.sparkJar = orEmpty(sparkJar);
    }

    public String getSparkMaster() {
        return orEmpty(sparkMaster);
    }

    /** Where executors run, as Spark names it; empty for what the installation is configured for. */
    @DataBoundSetter
    public void setSparkMaster(String sparkMaster) {
        this.sparkMaster = orEmpty(sparkMaster);
    }

    /** One {@code KEY=VALUE} a line. */
    public Object getSparkConf() {
        return settings().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Settings of Spark: a map, or a text of one {@code KEY=VALUE} a line. */
    @DataBoundSetter
    public void setSparkConf(Object sparkConf) {
        this.sparkConf = SparkSettings.of("sparkConf", sparkConf);
    }

    Map<String, String> settings() {
        return sparkConf == null ? Map.of() : sparkConf;
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value.strip();
    }

    boolean isOnSpark() {
        return getEngine().equals(SPARK);
    }

    /** Refuses an engine that is not known, and arguments that would do nothing. */
    void checkEngine() throws AbortException {
        String step = getDescriptor().getFunctionName() + ": ";
        if (!ENGINES.contains(getEngine())) {
            throw refused(step + "engine: '" + getEngine() + "' is not known", "Use duckdb or spark.");
        }
        boolean told = !settings().isEmpty() || !(getSparkHome() + getSparkJar() + getSparkMaster()).isEmpty();
        if (told && !isOnSpark()) {
            throw refused(
                    step + "sparkHome, sparkJar, sparkMaster and sparkConf need the engine spark",
                    "Add engine: 'spark', or leave them out.");
        }
    }

    static AbortException refused(String what, String advice) {
        return new AbortException(what + System.lineSeparator() + advice);
    }
}
