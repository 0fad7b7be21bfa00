package io.mldelivery.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.mldelivery.serving.grpc.GRPCInferenceServiceGrpc;
import io.mldelivery.serving.grpc.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.mldelivery.serving.grpc.InferTensorContents;
import io.mldelivery.serving.grpc.ModelInferRequest;
import io.mldelivery.serving.grpc.ModelInferRequest.InferInputTensor;
import io.mldelivery.serving.grpc.ModelInferRequest.InferRequestedOutputTensor;
import io.mldelivery.serving.grpc.ModelInferResponse;
import io.mldelivery.serving.grpc.ModelMetadataRequest;
import io.mldelivery.serving.grpc.ModelMetadataResponse;
import io.mldelivery.serving.grpc.ModelReadyRequest;
import io.mldelivery.serving.grpc.ServerLiveRequest;
import io.mldelivery.serving.grpc.ServerMetadataRequest;
import io.mldelivery.serving.grpc.ServerReadyRequest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Open Inference Protocol over gRPC, called by grpc-java's generated client. */
@Timeout(30)
class GrpcTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static TestServer server;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() {
        server = TestServer.startCancer(
                "--models", "greedy=" + TestServer.MODELS.resolve("greedy"), "--max-body", "65536");
        channel = OkHttpChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        server.close();
    }

    private static GRPCInferenceServiceBlockingStub client() {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel);
    }

    private static List<Float> row() throws IOException {
        List<Float> row = new ArrayList<>();
        JSON.readTree(TestServer.cancerRows(1)).at("/inputs/0").forEach(cell -> row.add(cell.floatValue()));
        return row;
    }

    private static ModelInferRequest request(List<Float> values, long... shape) {
        InferInputTensor.Builder input = InferInputTensor.newBuilder()
                .setName("X")
                .setDatatype("FP32")
                .setContents(InferTensorContents.newBuilder().addAllFp32Contents(values));
        for (long size : shape) {
            input.addShape(size);
        }
        return ModelInferRequest.newBuilder()
                .setModelName("cancer")
                .setId("r-7")
                .addInputs(input)
                .build();
    }

    private static JsonNode overHttp() throws IOException {
        return JSON.readTree(server.post("/predictions/cancer", TestServer.cancerRows(1))
                        .body())
                .at("/predictions/1/value/0");
    }

    private static StatusRuntimeException failure(ModelInferRequest request) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> client().modelInfer(request));
    }

    @Test
    void shouldTellOfTheServerAndItsModels() {
        assertThat(client().serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        assertThat(client().serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                .isTrue();
        assertThat(client().serverMetadata(ServerMetadataRequest.getDefaultInstance())
                        .getName())
                .isEqualTo("mldelivery-serving");
        assertThat(client().modelReady(ModelReadyRequest.newBuilder()
                                .setName("cancer")
                                .setVersion("1")
                                .build())
                        .getReady())
                .isTrue();
        ModelMetadataResponse model = client().modelMetadata(
                        ModelMetadataRequest.newBuilder().setName("cancer").build());
        assertThat(model.getVersionsList()).containsExactly("1");
        assertThat(model.getPlatform()).isEqualTo("onnxruntime_onnx");
        assertThat(model.getInputs(0).getName()).isEqualTo("X");
        assertThat(model.getInputs(0).getShapeList()).containsExactly(-1L, 30L);
        assertThat(model.getOutputs(1).getDatatype()).isEqualTo("FP32");
    }

    @Test
    void shouldAnswerAsOverHttp() throws IOException {
        ModelInferResponse reply = client().modelInfer(request(row(), 1, 30));

        assertThat(reply.getModelName()).isEqualTo("cancer");
        assertThat(reply.getModelVersion()).isEqualTo("1");
        assertThat(reply.getId()).isEqualTo("r-7");
        assertThat(reply.getOutputs(0).getName()).isEqualTo("label");
        assertThat(reply.getOutputs(0).getContents().getInt64ContentsList()).containsExactly(0L);
        assertThat(reply.getOutputs(1).getShapeList()).containsExactly(1L, 2L);
        JsonNode expected = overHttp();
        for (int i = 0; i < 2; i++) {
            assertThat(reply.getOutputs(1).getContents().getFp32Contents(i))
                    .isCloseTo(expected.get(i).floatValue(), within(1e-6f));
        }
    }

    @Test
    void shouldAnswerRawWhenTheInputsAreRawAndOnlyWithTheWantedOutputs() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(120).order(ByteOrder.LITTLE_ENDIAN);
        row().forEach(bytes::putFloat);
        ModelInferRequest.Builder raw = request(List.of(), 1, 30).toBuilder();
        raw.getInputsBuilder(0).clearContents();
        raw.addRawInputContents(ByteString.copyFrom(bytes.flip()))
                .addOutputs(InferRequestedOutputTensor.newBuilder().setName("probabilities"));

        ModelInferResponse reply = client().modelInfer(raw.build());

        assertThat(reply.getOutputsList()).hasSize(1);
        assertThat(reply.getOutputs(0).hasContents()).isFalse();
        ByteBuffer answered =
                reply.getRawOutputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        assertThat(answered.getFloat(4)).isCloseTo(overHttp().get(1).floatValue(), within(1e-6f));
    }

    @Test
    void shouldRefuseWithTheStatusAndTheCodeOfTheFault() throws IOException {
        ModelInferRequest good = request(row(), 1, 30);
        ModelInferRequest wrongType = good.toBuilder()
                .setInputs(0, good.getInputs(0).toBuilder().setDatatype("FP64"))
                .build();

        assertThat(failure(request(List.of(1f, 2f), 1, 2)).getStatus())
                .matches(status -> status.getCode() == Status.Code.INVALID_ARGUMENT)
                .asString()
                .contains("WRONG_SHAPE: Input 'X' expects shape [-1, 30], got [1, 2]");
        assertThat(failure(request(row(), 2, 30)).getMessage()).contains("30 values for shape [2, 30]");
        assertThat(failure(request(List.of(Float.NaN), 1, 1)).getMessage()).contains("NOT_FINITE");
        assertThat(failure(wrongType).getMessage()).contains("WRONG_TYPE", "expects datatype FP32, got 'FP64'");
        assertThat(failure(good.toBuilder().setModelName("ñobody%").build()).getStatus())
                .matches(status -> status.getCode() == Status.Code.NOT_FOUND)
                .asString()
                .contains("No model 'ñobody%' is served");
        assertThat(failure(good.toBuilder().setModelVersion("9").build())
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void shouldSayUnimplementedForMethodsAndCompressionItHasNot() throws IOException {
        ModelInferRequest request = request(row(), 1, 30);
        assertThat(catchThrowableOfType(
                                StatusRuntimeException.class,
                                () -> client().repositoryIndex(ServerLiveRequest.getDefaultInstance()))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(catchThrowableOfType(
                                StatusRuntimeException.class,
                                () -> client().withCompression("gzip").modelInfer(request))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void shouldSayResourceExhaustedWhenTheMessageIsTooLargeOrTheEngineRunsOutOfMemory() {
        ModelInferRequest greedy = ModelInferRequest.newBuilder()
                .setModelName("greedy")
                .addInputs(InferInputTensor.newBuilder()
                        .setName("shape")
                        .setDatatype("INT64")
                        .addShape(2)
                        .setContents(InferTensorContents.newBuilder()
                                .addInt64Contents(1_000_000_000)
                                .addInt64Contents(100_000_000)))
                .build();

        assertThat(failure(greedy).getStatus())
                .matches(status -> status.getCode() == Status.Code.RESOURCE_EXHAUSTED)
                .asString()
                .contains("OUT_OF_MEMORY");
        assertThat(failure(request(new ArrayList<>(java.util.Collections.nCopies(30_000, 1f)), 1000, 30))
                        .getStatus())
                .matches(status -> status.getCode() == Status.Code.RESOURCE_EXHAUSTED)
                .asString()
                .contains("BODY_TOO_LARGE");
        assertThat(client().serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
    }

    /** The queue waits longer for a batch than the client for its reply: the job is old when its turn comes. */
    @Test
    void shouldNotComputeWhatIsPastItsDeadline(@TempDir Path folder) throws Exception {
        Files.copy(TestServer.MODELS.resolve("cancer/model.onnx"), folder.resolve("model.onnx"));
        Files.writeString(folder.resolve("serving.properties"), "max_batch_delay=1200");
        ModelInferRequest request = request(row(), 1, 30);
        try (TestServer slow = TestServer.start("--models", "cancer=" + folder)) {
            slow.awaitReady();
            ManagedChannel other = OkHttpChannelBuilder.forAddress("127.0.0.1", slow.port())
                    .usePlaintext()
                    .build();
            GRPCInferenceServiceBlockingStub connected = GRPCInferenceServiceGrpc.newBlockingStub(other);
            connected.serverLive(ServerLiveRequest.getDefaultInstance());
            StatusRuntimeException late = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> connected
                            .withDeadlineAfter(800, TimeUnit.MILLISECONDS)
                            .modelInfer(request));

            assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            for (int i = 0; i < 200 && !slow.metrics().contains("error=\"DEADLINE_EXCEEDED\"} 1"); i++) {
                Thread.sleep(20);
            }
            assertThat(slow.metrics())
                    .contains("mldelivery_errors_total{model=\"cancer\",version=\"1\",error=\"DEADLINE_EXCEEDED\"} 1")
                    .contains("mldelivery_compute_seconds_count{model=\"cancer\",version=\"1\"} 0");
            other.shutdownNow();
        }
    }

    @Test
    void shouldCountCallsByTheStatusTheyWouldHaveOverHttp() throws IOException {
        client().modelInfer(request(row(), 1, 30));
        failure(request(List.of(1f), 1, 1));

        assertThat(server.metrics())
                .containsPattern("mldelivery_requests_total\\{model=\"cancer\",version=\"1\",code=\"200\"} [1-9]")
                .containsPattern("mldelivery_requests_total\\{model=\"cancer\",version=\"1\",code=\"400\"} [1-9]");
    }

    @Test
    void shouldRefuseGrpcOverHttp1() {
        var reply = server.send(HttpRequest.newBuilder(server.uri("/inference.GRPCInferenceService/ServerLive"))
                .header("Content-Type", "application/grpc")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[5]))
                .build());

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("gRPC is spoken over HTTP/2");
    }
}
