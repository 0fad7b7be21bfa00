package io.mldelivery.kubernetes;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1Status;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the API server's refusals into sentences that say what to do. */
final class Refusals {
    private static final Pattern FORBIDDEN = Pattern.compile(
            "User \"([^\"]+)\" cannot (\\S+) resource \"([^\"]+)\" in API group \"([^\"]*)\"(?: in the namespace \"([^\"]+)\")?");

    private static final String ADD = "Add to its ";

    private Refusals() {}

    static DeliveryException of(String doing, V1Status status, int code) {
        String message = status == null || status.getMessage() == null ? "no reason given" : status.getMessage();
        return of(doing, code, message, null);
    }

    static DeliveryException of(String doing, ApiException e) {
        String body = e.getResponseBody();
        return e.getCode() == 0
                ? new DeliveryException(
                        Code.ENVIRONMENT,
                        doing + ": the API server does not answer: " + firstLine(e.getMessage()),
                        "Check the cluster's address and that it runs.",
                        e)
                : of(doing, e.getCode(), body == null || body.isBlank() ? firstLine(e.getMessage()) : body, e);
    }

    private static DeliveryException of(String doing, int code, String message, Exception cause) {
        Matcher forbidden = FORBIDDEN.matcher(message.replace("\\\"", "\""));
        if (code == 403 && forbidden.find()) {
            return new DeliveryException(
                    Code.CONFIG,
                    doing + ": " + forbidden.group(1) + " may not " + forbidden.group(2) + " " + forbidden.group(3)
                            + where(forbidden),
                    rule(forbidden),
                    cause);
        }
        return new DeliveryException(codeOf(code), doing + ": " + code + " " + firstLine(message), advice(code), cause);
    }

    /** The refusal for want of a right, if that is what went wrong. */
    static Optional<DeliveryException> forbidden(Exception e, String doing) {
        DeliveryException told = e instanceof ApiException refused ? of(doing, refused) : null;
        told = e instanceof DeliveryException known ? known : told;
        return Optional.ofNullable(told).filter(one -> one.advice().startsWith(ADD));
    }

    private static String where(Matcher forbidden) {
        return forbidden.group(5) == null ? " in the cluster" : " in namespace " + forbidden.group(5);
    }

    private static String rule(Matcher forbidden) {
        return ADD + (forbidden.group(5) == null ? "ClusterRole" : "Role") + ": {apiGroups: [\""
                + forbidden.group(4) + "\"], resources: [\"" + forbidden.group(3) + "\"], verbs: [\""
                + forbidden.group(2) + "\"]}.";
    }

    private static Code codeOf(int code) {
        return code == 400 || code == 422 ? Code.CONFIG : Code.ENVIRONMENT;
    }

    private static String advice(int code) {
        return switch (code) {
            case 401 -> "The token or certificate is wrong or has expired: renew it.";
            case 403 -> "The cluster forbids it: read the message; a quota or an admission rule may be behind it.";
            case 404 -> "Check namespace and name.";
            case 409 -> "Somebody else manages these fields: remove them there, or take them over on purpose.";
            case 400, 422 -> "Correct the manifest.";
            default -> "Try again when the cluster is well.";
        };
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
