package io.mldelivery.serving.routes;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.http.Exchange;
import io.mldelivery.serving.http.Reply;
import io.mldelivery.serving.http.Routes;
import io.mldelivery.serving.model.ModelKey;
import io.mldelivery.serving.store.ModelStore;
import io.mldelivery.serving.store.ServedModel;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /models[/{name}[/{version}]]}, {@code POST /models?url=..&model_name=..&model_version=..[&synchronous=false]}
 * and {@code DELETE /models/{name}/{version}}, with upstream DJL Serving's parameter names. Changes need the token.
 */
public final class Management implements Routes {

    private static final String PATH = "/models";

    private final ModelStore models;
    private final Token token;
    private final ModelRoot root;

    public Management(ModelStore models, Token token, ModelRoot root) {
        this.models = models;
        this.token = token;
        this.root = root;
    }

    @Override
    public boolean handle(Exchange exchange) {
        String path = exchange.path();
        if (!path.equals(PATH) && !path.startsWith(PATH + "/")) {
            return false;
        }
        String[] parts = path.equals(PATH)
                ? new String[0]
                : path.substring(PATH.length() + 1).split("/", -1);
        switch (exchange.method()) {
            case "GET" -> exchange.reply(Reply.json(200, json -> list(json, select(parts))));
            case "POST" -> register(exchange, parts);
            case "DELETE" -> unregister(exchange, parts);
            default -> exchange.require("GET");
        }
        return true;
    }

    private List<ServedModel> select(String[] parts) {
        return switch (parts.length) {
            case 0 -> models.all();
            case 1 -> versions(parts[0]);
            case 2 -> List.of(models.find(parts[0], parts[1]));
            default -> throw nothing();
        };
    }

    private List<ServedModel> versions(String name) {
        models.find(name);
        return models.all().stream()
                .filter(model -> model.key().name().equals(name))
                .toList();
    }

    private static ServingException nothing() {
        return new ServingException(
                ErrorCode.UNKNOWN_PATH, "No such path below /models", "Use /models/{name}/{version}.");
    }

    private void register(Exchange exchange, String[] parts) {
        token.require(exchange.headers());
        if (parts.length > 0) {
            throw nothing();
        }
        Map<String, List<String>> query = new QueryStringDecoder(exchange.query(), false).parameters();
        Path folder = root.resolve(one(query, "url").orElseThrow(() -> missing("url")));
        ModelKey key = new ModelKey(
                one(query, "model_name").orElseGet(() -> folder.getFileName().toString()),
                one(query, "model_version").orElseThrow(() -> missing("model_version")));
        CompletableFuture<ServedModel> loading = models.register(key, folder);
        if (one(query, "synchronous").orElse("true").equals("false")) {
            exchange.reply(Reply.json(202, json -> list(json, List.of(models.find(key.name(), key.version())))));
        } else {
            loading.thenAccept(model -> exchange.reply(registered(model)));
        }
    }

    private static Reply registered(ServedModel model) {
        return model.status()
                .fault()
                .map(Reply::fault)
                .orElseGet(() -> Reply.json(200, json -> {
                    list(json, List.of(model));
                }));
    }

    private void unregister(Exchange exchange, String[] parts) {
        token.require(exchange.headers());
        if (parts.length != 2) {
            throw nothing();
        }
        ModelKey key = models.find(parts[0], parts[1]).key();
        models.unregister(key);
        exchange.reply(Reply.json(200, json -> {
            json.writeStartObject();
            json.writeStringField("status", key + " is no longer served");
            json.writeEndObject();
        }));
    }

    private static Optional<String> one(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static ServingException missing(String parameter) {
        return new ServingException(
                ErrorCode.BAD_OPTION,
                "The parameter " + parameter + " is missing",
                "Use POST /models?url=FOLDER&model_name=NAME&model_version=VERSION.");
    }

    private static void list(JsonGenerator json, List<ServedModel> models) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("models");
        for (ServedModel model : models) {
            json.writeStartObject();
            json.writeStringField("modelName", model.key().name());
            json.writeStringField("version", model.key().version());
            json.writeStringField("modelUrl", model.folder().toUri().toString());
            json.writeStringField("status", model.status().state().name());
            json.writeNumberField("queueLength", model.queueDepth());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
