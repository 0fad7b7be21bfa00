package io.mldelivery.serving.wire;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** How the body of a prediction request is read. */
public enum RequestFormat {
    JSON("application/json") {
        @Override
        public List<Tensor> read(InputStream body, Wanted wanted) {
            return new PredictionJson(wanted.signature(), wanted.columns(), wanted.allowNan()).read(body);
        }
    },
    CSV("text/csv") {
        @Override
        public List<Tensor> read(InputStream body, Wanted wanted) {
            Columns columns = new Columns(wanted.signature(), wanted.columns(), wanted.allowNan());
            return wanted.signature().arrange(CsvTable.read(body, columns));
        }
    },
    NPY("tensor/npy") {
        @Override
        public List<Tensor> read(InputStream body, Wanted wanted) {
            Tensor tensor = Npy.read(bytes(body), wanted.signature().onlyInput(), wanted.allowNan());
            return wanted.signature().arrange(List.of(tensor));
        }
    },
    NPZ("tensor/npz") {
        @Override
        public List<Tensor> read(InputStream body, Wanted wanted) {
            return wanted.signature()
                    .arrange(Npz.read(bytes(body), wanted.signature(), wanted.allowNan(), wanted.mostBytes()));
        }
    };

    private final String mediaType;

    RequestFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The format of a media type without parameters; fails with UNSUPPORTED_MEDIA_TYPE. */
    public static RequestFormat of(String mediaType) {
        for (RequestFormat format : values()) {
            if (format.mediaType.equals(mediaType)) {
                return format;
            }
        }
        throw new ServingException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "Content-Type " + mediaType + " is not read",
                "Send Content-Type: application/json, text/csv, tensor/npy or tensor/npz.");
    }

    /** Reads the tensors in the model's order, checked. */
    public abstract List<Tensor> read(InputStream body, Wanted wanted);

    private static byte[] bytes(InputStream body) {
        try {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
