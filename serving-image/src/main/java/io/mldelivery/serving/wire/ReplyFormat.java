package io.mldelivery.serving.wire;

import io.mldelivery.serving.tensor.Tensor;
import java.io.OutputStream;
import java.util.List;

/** How the outputs of a prediction are written. */
public enum ReplyFormat {
    /** As upstream DJL Serving. */
    KEYED_JSON("application/json") {
        @Override
        public void write(OutputStream to, List<Tensor> outputs) {
            ReplyJson.writeKeyed(to, outputs);
        }
    },
    /** As MLflow. */
    NAMED_JSON("application/json") {
        @Override
        public void write(OutputStream to, List<Tensor> outputs) {
            ReplyJson.writeNamed(to, outputs);
        }
    },
    CSV("text/csv") {
        @Override
        public void write(OutputStream to, List<Tensor> outputs) {
            CsvTable.write(to, outputs);
        }
    },
    NPZ("tensor/npz") {
        @Override
        public void write(OutputStream to, List<Tensor> outputs) {
            Npz.write(to, outputs);
        }
    };

    private final String mediaType;

    ReplyFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** What Accept asks for; else NumPy for NumPy, and the given JSON for the rest. */
    public static ReplyFormat of(String accept, RequestFormat request, ReplyFormat json) {
        if (accept.contains(NPZ.mediaType)) {
            return NPZ;
        }
        if (accept.contains(CSV.mediaType)) {
            return CSV;
        }
        boolean numpy = request == RequestFormat.NPY || request == RequestFormat.NPZ;
        return numpy && !accept.contains(json.mediaType) ? NPZ : json;
    }

    public abstract void write(OutputStream to, List<Tensor> outputs);
}
