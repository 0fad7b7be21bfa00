package io.jenkins.plugins.mldelivery.gate;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.User;
import io.mldelivery.gate.judge.Waiver;
import io.mldelivery.gate.waiver.WaiverFile;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page of a job where people see, give and take back waivers of gate rules. */
public final class GateWaiversAction implements Action {
    private final Job<?, ?> job;

    GateWaiversAction(Job<?, ?> job) {
        this.job = job;
    }

    @Override
    public String getIconFileName() {
        return "symbol-lock-closed";
    }

    @Override
    public String getDisplayName() {
        return Messages.GateWaivers_displayName();
    }

    @Override
    public String getUrlName() {
        return "gate-waivers";
    }

    /** The job, for the page. */
    public Job<?, ?> getJob() {
        return job;
    }

    /** Whether this person may waive, for the page. */
    public boolean isAllowed() {
        return job.hasPermission(GateWaiversFactory.WAIVE);
    }

    private WaiverFile file() {
        return new WaiverFile(GateWaiversFactory.file(job));
    }

    /** All waivers, newest first, for the page; none when the file is damaged. */
    public List<WaiverRow> getWaivers() {
        try {
            List<WaiverRow> rows = new ArrayList<>();
            Instant now = Instant.now();
            file().all().forEach(waiver -> rows.add(0, new WaiverRow(waiver, waiver.isExpired(now))));
            return rows;
        } catch (DeliveryException e) {
            return List.of(); // the page shows getProblem instead
        }
    }

    /** Why the waivers cannot be shown, for the page; null when they can. */
    @CheckForNull
    public String getProblem() {
        try {
            file().all();
            return null;
        } catch (DeliveryException e) {
            return e.what();
        }
    }

    /** The last day by default: a week from now. */
    public String getUsualDay() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(7).toString();
    }

    /**
     * Gives a waiver.
     *
     * @param until the last day, UTC, as {@code 2026-12-31}
     */
    @RequirePOST
    public HttpResponse doAdd(
            @QueryParameter String rule,
            @QueryParameter String version,
            @QueryParameter String reason,
            @QueryParameter String until) {
        job.checkPermission(GateWaiversFactory.WAIVE);
        try {
            file().add(new Waiver(rule.trim(), version.trim(), reason.trim(), person(), Instant.now(), endOf(until)));
            return HttpResponses.redirectTo(".");
        } catch (DeliveryException e) {
            return HttpResponses.errorWithoutStack(400, e.what() + ". " + e.advice());
        }
    }

    private static Instant endOf(String day) {
        try {
            return LocalDate.parse(day.trim())
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw new DeliveryException(Code.CONFIG, "'" + day + "' is no day", "Write it as 2026-12-31.", e);
        }
    }

    private static String person() {
        User user = User.current();
        return user == null ? "" : user.getId();
    }

    /** Takes a waiver back. */
    @RequirePOST
    public HttpResponse doRevoke(@QueryParameter String rule, @QueryParameter String version) {
        job.checkPermission(GateWaiversFactory.WAIVE);
        return file().revoke(rule, version)
                ? HttpResponses.redirectTo(".")
                : HttpResponses.errorWithoutStack(404, "There is no such waiver.");
    }
}
