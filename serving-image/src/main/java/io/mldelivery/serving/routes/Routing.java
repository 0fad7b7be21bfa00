package io.mldelivery.serving.routes;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.store.ServedModel;
import java.util.function.Supplier;

/** Finds and holds the model of a request, counting those that reach none. */
final class Routing {

    private Routing() {}

    static ServedModel hold(PredictionContext context, Supplier<ServedModel> find) {
        try {
            ServedModel model = find.get();
            if (!model.hold()) {
                throw new ServingException(
                        ErrorCode.UNKNOWN_VERSION, model.key() + " is being removed", "Use another version.");
            }
            return model;
        } catch (ServingException e) {
            context.unrouted(e.code().status());
            throw e;
        }
    }
}
