package io.mldelivery.registry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow_project.google.protobuf.InvalidProtocolBufferException;

/**
 * Calls of MLflow's own Java client under our time limit, with our retries and our errors. Only for calls that may be
 * repeated: the client repeats what the server refused, whatever it was. Safe to use from several threads.
 */
public final class ClientCalls implements AutoCloseable {
    /** The client's HTTP library tells every retry; ours are told once, as the error. Held, or the level would be lost. */
    private static final Logger LIBRARY = Logger.getLogger("org.mlflow_project.apachehttp");

    static {
        LIBRARY.setLevel(Level.WARNING);
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> REFUSALS = Set.of(400, 404, 409);
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "mlflow-client");
        thread.setDaemon(true);
        return thread;
    });

    private final URI base;
    private final Credentials credentials;
    private final RetryPolicy retries;
    private final Duration limit;
    private final Problems problems;
    private MlflowClient client;

    /**
     * Prepares the client.
     *
     * @param limit for one attempt; the client itself waits for ever
     */
    public ClientCalls(URI address, Credentials credentials, RetryPolicy retries, Duration limit) {
        this.base = ServerAddress.withoutUser(address);
        this.credentials = credentials;
        this.retries = retries;
        this.limit = limit;
        this.problems = new Problems(base, credentials);
    }

    /**
     * Makes a call that may be repeated.
     *
     * @param asked what the call asks for, for messages
     */
    public <T> T call(String asked, Function<MlflowClient, T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(call);
            } catch (IOException e) {
                if (attempt == retries.attempts()) {
                    throw problems.unreachable(asked, e);
                }
                pause(attempt);
            } catch (MlflowHttpException e) {
                throw refusal(asked, e);
            } catch (DeliveryException e) {
                throw e;
            } catch (RuntimeException e) {
                throw problems.notMlflow(asked, "answered what MLflow's client cannot read");
            }
        }
    }

    /** Makes one attempt; a lost connection and a passed limit are both an {@link IOException}. */
    private <T> T once(Function<MlflowClient, T> call) throws IOException {
        MlflowClient current = client();
        Future<T> answer = THREADS.submit(() -> call.apply(current));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close(); // frees the thread that waits for the server
            throw new HttpTimeoutException("no answer within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            close();
            throw problems.interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause().getCause() instanceof IOException lost
                    && !(lost instanceof InvalidProtocolBufferException)) {
                throw lost;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private DeliveryException refusal(String asked, MlflowHttpException answer) {
        if (!REFUSALS.contains(answer.getStatusCode())) {
            return problems.status(asked, answer.getStatusCode());
        }
        JsonNode body = parse(answer.getBodyMessage());
        if (!body.isObject()) {
            return problems.notMlflow(asked, "answered HTTP " + answer.getStatusCode() + " without MLflow's JSON");
        }
        return new Reply(asked, answer.getStatusCode(), body).refusal();
    }

    private static JsonNode parse(String body) {
        try {
            return body == null ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // the caller decides what an answer that is no JSON means
        }
    }

    private void pause(int attempt) {
        try {
            Thread.sleep(retries.pauseAfter(attempt).toMillis());
        } catch (InterruptedException e) {
            throw problems.interrupted(e);
        }
    }

    private synchronized MlflowClient client() {
        if (client == null) {
            client = new MlflowClient(credentials.forClient(base));
        }
        return client;
    }

    /** Closes connections, which ends calls that still wait; the next call opens new ones. */
    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
