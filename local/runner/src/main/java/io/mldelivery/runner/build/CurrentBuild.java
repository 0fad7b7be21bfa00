package io.mldelivery.runner.build;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Cause;
import hudson.model.Result;
import hudson.model.Run;
import io.mldelivery.local.hooks.LocalRun;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The global variable {@code currentBuild}, and its {@code previousBuild}: a build as scripts see it. */
public final class CurrentBuild implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final boolean own;

    CurrentBuild(Run<?, ?> build, boolean own) {
        this.id = build.getExternalizableId();
        this.own = own;
    }

    /** The build itself, as Jenkins gives it to trusted scripts. */
    public Run<?, ?> getRawBuild() {
        Run<?, ?> build = Run.fromExternalizableId(id);
        if (build == null) {
            throw new IllegalStateException("No build record " + id + " could be located");
        }
        return build;
    }

    public int getNumber() {
        return getRawBuild().getNumber();
    }

    public String getId() {
        return getRawBuild().getId();
    }

    /** Null while nothing has set it. */
    public String getResult() {
        Result result = getRawBuild().getResult();
        return result == null ? null : result.toString();
    }

    /** Only ever makes the result worse. */
    public void setResult(String result) throws AbortException {
        requireOwn();
        getRawBuild().setResult(Result.fromString(result));
    }

    /** SUCCESS while nothing has set it. */
    public String getCurrentResult() {
        return currentResult().toString();
    }

    private Result currentResult() {
        Result result = getRawBuild().getResult();
        return result == null ? Result.SUCCESS : result;
    }

    public boolean resultIsBetterOrEqualTo(String other) {
        return currentResult().isBetterOrEqualTo(Result.fromString(other));
    }

    public boolean resultIsWorseOrEqualTo(String other) {
        return currentResult().isWorseOrEqualTo(Result.fromString(other));
    }

    public String getDisplayName() {
        return getRawBuild().getDisplayName();
    }

    public void setDisplayName(String name) throws IOException {
        requireOwn();
        getRawBuild().setDisplayName(name);
    }

    public String getFullDisplayName() {
        return getRawBuild().getFullDisplayName();
    }

    public String getProjectName() {
        return getRawBuild().getParent().getName();
    }

    public String getFullProjectName() {
        return getRawBuild().getParent().getFullName();
    }

    public String getDescription() {
        return getRawBuild().getDescription();
    }

    public void setDescription(String description) throws IOException {
        requireOwn();
        getRawBuild().setDescription(description);
    }

    public boolean isKeepLog() {
        return getRawBuild().isKeepLog();
    }

    public void setKeepLog(boolean keep) throws IOException {
        requireOwn();
        getRawBuild().keepLog(keep);
    }

    /** Milliseconds since 1970. */
    public long getTimeInMillis() {
        return getRawBuild().getTimeInMillis();
    }

    /** Milliseconds since 1970. */
    public long getStartTimeInMillis() {
        return getRawBuild().getStartTimeInMillis();
    }

    /** Milliseconds, also while the build runs. */
    public long getDuration() {
        Run<?, ?> build = getRawBuild();
        return build.isBuilding() ? System.currentTimeMillis() - build.getStartTimeInMillis() : build.getDuration();
    }

    public String getDurationString() {
        Run<?, ?> build = getRawBuild();
        return build.isBuilding() ? Util.getTimeSpanString(getDuration()) + " and counting" : build.getDurationString();
    }

    public CurrentBuild getPreviousBuild() {
        return of(getRawBuild().getPreviousBuild());
    }

    public CurrentBuild getPreviousBuildInProgress() {
        Run<?, ?> build = getRawBuild().getPreviousBuild();
        return build != null && build.isBuilding() ? of(build) : null;
    }

    public CurrentBuild getPreviousCompletedBuild() {
        return of(getRawBuild().getPreviousCompletedBuild());
    }

    public CurrentBuild getPreviousSuccessfulBuild() {
        return of(getRawBuild().getPreviousSuccessfulBuild());
    }

    private static CurrentBuild of(Run<?, ?> build) {
        return build == null ? null : new CurrentBuild(build, false);
    }

    /** Below the address of the controller, which a local run does not have. */
    public String getAbsoluteUrl() {
        return getRawBuild().getUrl();
    }

    public Map<String, String> getBuildVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        getRawBuild()
                .getParameterValues()
                .forEach(value -> variables.put(value.getName(), String.valueOf(value.getValue())));
        return variables;
    }

    /** A local build knows no changes. */
    public List<Object> getChangeSets() {
        return new ArrayList<>();
    }

    /** A local build has no upstream. */
    public List<Object> getUpstreamBuilds() {
        return new ArrayList<>();
    }

    /** Class and description of each cause. */
    public List<Map<String, String>> getBuildCauses() {
        List<Map<String, String>> causes = new ArrayList<>();
        for (Cause cause : getRawBuild().getCauses()) {
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("_class", cause.getClass().getName());
            entry.put("shortDescription", cause.getShortDescription());
            causes.add(entry);
        }
        return causes;
    }

    private void requireOwn() throws AbortException {
        if (!own) {
            throw new AbortException("can only set properties of the current build");
        }
    }

    static CurrentBuild of(LocalRun build) {
        return new CurrentBuild(build, true);
    }
}
