package io.jenkins.plugins.mldelivery.retraining;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.ItemGroup;
import hudson.model.UnprotectedRootAction;
import hudson.security.ACL;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.retraining.webhook.Delivery;
import io.mldelivery.retraining.webhook.DeliveryMemory;
import io.mldelivery.retraining.webhook.Receipt;
import io.mldelivery.retraining.webhook.WebhookInbox;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * {@code /ml-delivery-webhook/NAME}: where other systems send their events, one address for each trigger. Open to
 * everybody, because the signature is what proves the sender; nothing is read or started before it fits.
 *
 * <p>System log: FINE for events that start nothing, INFO for starts, WARNING for what an administrator should see.
 */
@Extension
public final class WebhookEndpoint implements UnprotectedRootAction {
    /** The first part of the address, below the controller's root. */
    public static final String URL_NAME = "ml-delivery-webhook";

    private static final int MAX_BYTES = 5 * 1024 * 1024;
    private static final Logger LOGGER = Logger.getLogger(WebhookEndpoint.class.getName());

    private final RetrainingStarter starter = new RetrainingStarter(Clock.systemUTC());
    private WebhookInbox inbox;

    @CheckForNull
    @Override
    public String getIconFileName() {
        return null; // not in any menu
    }

    @CheckForNull
    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }

    /** Takes one event. */
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Answer answer = answer(request);
        LOGGER.log(Level.FINE, "{0}: {1}, {2}", new Object[] {URL_NAME, answer.outcome(), answer.reason()});
        byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private Answer answer(StaplerRequest2 request) throws IOException {
        if (!"POST".equals(request.getMethod())) {
            return Answer.refused(405, "only POST");
        }
        Optional<RetrainingTrigger> trigger = RetrainingConfiguration.get()
                .find(nameIn(request.getRestOfPath()))
                .filter(found -> !found.isForDrift());
        if (trigger.isEmpty()) {
            return Answer.refused(404, "no such trigger");
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        return body.length > MAX_BYTES
                ? Answer.refused(413, "more than " + MAX_BYTES + " bytes")
                : receive(trigger.get(), new Delivery(headers(request), body));
    }

    private static String nameIn(String restOfPath) {
        return restOfPath == null || !restOfPath.startsWith("/") ? "" : restOfPath.substring(1);
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, request.getHeader(name));
        }
        return headers;
    }

    private Answer receive(RetrainingTrigger trigger, Delivery delivery) {
        try {
            Receipt receipt = inbox().receive(trigger.scheme(), delivery, secret(trigger));
            return receipt.taken() ? start(trigger, receipt) : untaken(trigger, receipt);
        } catch (DeliveryException e) {
            return failed(e);
        }
    }

    private static Answer untaken(RetrainingTrigger trigger, Receipt receipt) {
        if (receipt.status() == 200) {
            return Answer.ignored(receipt.reason());
        }
        LOGGER.warning(() -> "trigger " + trigger.getName() + " refused a delivery: " + receipt.reason());
        return Answer.refused(receipt.status(), "the delivery is not accepted");
    }

    private Answer start(RetrainingTrigger trigger, Receipt receipt) {
        try {
            Answer answer = starter.start(trigger, receipt.event());
            LOGGER.info(() -> "trigger " + trigger.getName() + " " + answer.outcome() + " job " + trigger.getJob()
                    + " on " + receipt.reason() + ": " + answer.reason());
            return answer;
        } catch (DeliveryException e) {
            inbox().giveBack(receipt);
            return failed(e);
        }
    }

    private static Answer failed(DeliveryException problem) {
        LOGGER.log(Level.WARNING, problem.getMessage(), problem.getCause());
        return Answer.refused(500, "nothing could be started; the server's log says why");
    }

    private static String secret(RetrainingTrigger trigger) {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StringCredentials.class, (ItemGroup<?>) Jenkins.get(), ACL.SYSTEM2, List.of())
                .stream()
                .filter(credentials -> credentials.getId().equals(trigger.getCredentialsId()))
                .map(credentials -> credentials.getSecret().getPlainText())
                .findFirst()
                .orElse("");
    }

    private synchronized WebhookInbox inbox() {
        if (inbox == null) {
            var file = Jenkins.get().getRootDir().toPath().resolve("ml-retraining-deliveries");
            inbox = new WebhookInbox(new DeliveryMemory(file), Clock.systemUTC());
        }
        return inbox;
    }
}
