package io.mldelivery.serving.routes;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.http.Exchange;
import io.mldelivery.serving.http.Reply;
import io.mldelivery.serving.http.Routes;
import io.mldelivery.serving.model.ModelState;
import io.mldelivery.serving.store.ModelStore;
import io.mldelivery.serving.store.ServedModel;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /ping}, {@code /health/live}, {@code /health/ready} and {@code /health/startup}. Ready and ping are 503
 * while a required model is loading, failed or misses its golden rows, and from the moment the server is told to end. A
 * model that is not required and failed makes the status "degraded", which is still 200.
 */
public final class Health implements Routes {

    private final ModelStore models;
    private final BooleanSupplier draining;

    public Health(ModelStore models, BooleanSupplier draining) {
        this.models = models;
        this.draining = draining;
    }

    @Override
    public boolean handle(Exchange exchange) {
        switch (exchange.path()) {
            case "/health/live" -> answer(exchange, true, "live");
            case "/health/startup" -> answer(exchange, started(), status());
            case "/health/ready", "/ping" -> answer(exchange, ready(), status());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Whether requests may be sent here. */
    public boolean ready() {
        return status().equals("ready") || status().equals("degraded");
    }

    private static boolean failed(ServedModel model) {
        return model.status().state() == ModelState.FAILED;
    }

    private boolean started() {
        return models.all().stream().noneMatch(model -> model.status().state() == ModelState.LOADING);
    }

    private String status() {
        if (draining.getAsBoolean()) {
            return "draining";
        }
        List<ServedModel> missing = models.all().stream()
                .filter(model -> model.required() && !model.ready())
                .toList();
        if (missing.isEmpty()) {
            return models.all().stream().anyMatch(Health::failed) ? "degraded" : "ready";
        }
        return missing.stream().anyMatch(Health::failed) ? "failed" : "loading";
    }

    private void answer(Exchange exchange, boolean good, String status) {
        if (!exchange.method().equals("HEAD")) {
            exchange.require("GET");
        }
        Reply reply = Reply.json(good ? 200 : 503, json -> write(json, status));
        if (!good) {
            reply.headers().set("Retry-After", "1");
        }
        exchange.reply(reply);
    }

    private void write(JsonGenerator json, String status) throws IOException {
        json.writeStartObject();
        json.writeStringField("status", status);
        json.writeArrayFieldStart("models");
        for (ServedModel model : models.all()) {
            write(json, model);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ServedModel model) throws IOException {
        ServedModel.Status status = model.status();
        json.writeStartObject();
        json.writeStringField("name", model.key().name());
        json.writeStringField("version", model.key().version());
        json.writeStringField("state", status.state().name());
        if (status.fault().isPresent()) {
            ServingException fault = status.fault().get();
            json.writeStringField("code", fault.code().name());
            json.writeStringField("reason", fault.getMessage());
            json.writeStringField("advice", fault.advice());
        }
        json.writeEndObject();
    }
}
