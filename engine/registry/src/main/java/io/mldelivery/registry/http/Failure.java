package io.mldelivery.registry.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Puts failed exchanges into words. */
final class Failure {
    private Failure() {}

    /** Returns whether the server cannot have seen the request. */
    static boolean neverSent(IOException failure) {
        return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
    }

    static String describe(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "no such host";
            }
        }
        if (neverSent(failure)) {
            return failure instanceof ConnectException ? "connection refused" : "no connection within the time limit";
        }
        if (failure instanceof HttpTimeoutException) {
            return "no answer within the time limit";
        }
        if (failure instanceof SSLException) {
            return "TLS failed, " + failure.getMessage();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
