package io.jenkins.plugins.mldelivery.retraining;

import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.mldelivery.request.RetrainingRequest;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.retraining.budget.RetrainingDecision;
import io.mldelivery.retraining.webhook.WebhookEvent;
import io.mldelivery.retraining.webhook.WebhookEvent.AliasSet;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Starts the build that an event asks for, as the trigger's user and within its budget. One at a time, so that two
 * events at once cannot both take the last place in a budget.
 */
final class RetrainingStarter {
    private final Clock clock;

    RetrainingStarter(Clock clock) {
        this.clock = clock;
    }

    /**
     * Starts a build, or says why the event starts none.
     *
     * @throws DeliveryException when the trigger's configuration does not let it
     */
    synchronized Answer start(RetrainingTrigger trigger, WebhookEvent event) {
        if (!concerns(trigger, event)) {
            return Answer.ignored("the trigger waits for " + trigger.getSubject());
        }
        return asUser(trigger, history -> decide(trigger, event, history), event.summary());
    }

    /** The same for a drift check of a build. */
    synchronized Answer start(RetrainingTrigger trigger, Run<?, ?> by, RetrainingRequest request) {
        Optional<String> model = request.model().or(() -> Optional.ofNullable(trigger.getSubject()));
        if (trigger.getSubject() != null && !model.equals(Optional.of(trigger.getSubject()))) {
            return Answer.ignored("The trigger waits for the model " + trigger.getSubject() + ".");
        }
        Optional<String> rollout = model.flatMap(RunningRollouts::of);
        return asUser(
                trigger,
                history -> {
                    Instant now = clock.instant();
                    return trigger.budget()
                            .decideOnDrift(history.without(by).retrainings(now), request.healthySince(), rollout, now);
                },
                "drift found by " + by.getExternalizableId() + ": " + request.reason());
    }

    private Answer asUser(RetrainingTrigger trigger, Function<JobHistory, RetrainingDecision> decide, String summary) {
        try (ACLContext as = ACL.as2(user(trigger).impersonate2())) {
            return startAsUser(trigger, decide, summary);
        } catch (UsernameNotFoundException e) {
            throw misconfigured(trigger, "the security realm does not know the user '" + trigger.getRunAs() + "'");
        } catch (AccessDeniedException e) {
            throw misconfigured(trigger, "its user may not start the job: " + e.getMessage());
        }
    }

    private static boolean concerns(RetrainingTrigger trigger, WebhookEvent event) {
        return trigger.getSubject() == null
                || event.subject().filter(trigger.getSubject()::equals).isPresent();
    }

    private static User user(RetrainingTrigger trigger) {
        User user = trigger.getRunAs().isBlank() ? null : User.getById(trigger.getRunAs(), false);
        if (user == null) {
            throw misconfigured(trigger, "there is no user '" + trigger.getRunAs() + "'");
        }
        return user;
    }

    private Answer startAsUser(
            RetrainingTrigger trigger, Function<JobHistory, RetrainingDecision> decide, String summary) {
        Job<?, ?> job = Jenkins.get().getItemByFullName(trigger.getJob(), Job.class);
        if (job == null) {
            throw misconfigured(trigger, "there is no job '" + trigger.getJob() + "' that its user can see");
        }
        job.checkPermission(Item.BUILD);
        RetrainingDecision decision = decide.apply(new JobHistory(job));
        if (!decision.starts()) {
            return Answer.ignored(decision.reason());
        }
        var cause = new RetrainingCause(trigger.getName(), summary);
        if (ParameterizedJobMixIn.scheduleBuild2(job, 0, new CauseAction(cause)) == null) {
            throw misconfigured(trigger, "job '" + trigger.getJob() + "' cannot be built now");
        }
        return Answer.started(decision.reason());
    }

    private RetrainingDecision decide(RetrainingTrigger trigger, WebhookEvent event, JobHistory history) {
        Instant now = clock.instant();
        boolean ownDoing = event instanceof AliasSet alias && history.did(alias);
        return trigger.budget().decide(history.retrainings(now), ownDoing, now);
    }

    private static DeliveryException misconfigured(RetrainingTrigger trigger, String problem) {
        return new DeliveryException(
                Code.CONFIG,
                "retraining trigger " + trigger.getName() + ": " + problem,
                "Correct the trigger under Manage Jenkins, System, ML Delivery: retraining.");
    }
}
