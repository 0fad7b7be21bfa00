package io.mldelivery.serving;

import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.http.Exchange;
import io.mldelivery.serving.http.HttpServer;
import io.mldelivery.serving.http.Limits;
import io.mldelivery.serving.http.Routes;
import io.mldelivery.serving.http.Traffic;
import io.mldelivery.serving.log.PredictionLog;
import io.mldelivery.serving.metrics.GpuMemory;
import io.mldelivery.serving.metrics.Metrics;
import io.mldelivery.serving.metrics.ProcessMetrics;
import io.mldelivery.serving.model.ModelKey;
import io.mldelivery.serving.routes.Feedback;
import io.mldelivery.serving.routes.GrpcInference;
import io.mldelivery.serving.routes.Health;
import io.mldelivery.serving.routes.Management;
import io.mldelivery.serving.routes.MetricsRoute;
import io.mldelivery.serving.routes.ModelRoot;
import io.mldelivery.serving.routes.OpenInference;
import io.mldelivery.serving.routes.PredictionContext;
import io.mldelivery.serving.routes.Predictions;
import io.mldelivery.serving.store.ModelStore;
import io.mldelivery.serving.store.QueueFactory;
import io.mldelivery.serving.store.ServedModel;
import io.mldelivery.serving.trace.Tracing;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A running server: two ports, a store of models, a few threads. Starts in the constructor, ends with {@link #stop}. */
final class ModelServer {

    private static final Logger LOG = System.getLogger(ModelServer.class.getName());

    private final Options options;
    private final Metrics metrics = new Metrics();
    private final Traffic traffic = new Traffic();
    private final Traffic managementTraffic = new Traffic();
    private final int processors = Runtime.getRuntime().availableProcessors();
    private final EventLoopGroup loops = loops("http", processors);
    private final EventLoopGroup managementLoops = loops("management", 1);
    private final ExecutorService workers =
            Executors.newFixedThreadPool(processors, new DefaultThreadFactory("worker", true));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("timer", true));
    private final ExecutorService loaders =
            Executors.newFixedThreadPool(processors, new DefaultThreadFactory("loader", true));
    private final ModelStore models;
    private final Optional<PredictionLog> log;
    private final Optional<Tracing> tracing;
    private final Optional<GpuMemory> gpus;
    private final Health health;
    private final HttpServer server;
    private final HttpServer management;

    ModelServer(Options options, Map<ModelKey, Path> folders) {
        this.options = options;
        log = options.log().map(wanted -> new PredictionLog(wanted, metrics));
        tracing = options.traces().map(Tracing::new);
        ProcessMetrics.register(metrics);
        gpus = GpuMemory.watch(Optional.ofNullable(System.getenv("PATH")).orElse(""), metrics);
        models = new ModelStore(loaders, new QueueFactory(workers, timer, metrics), metrics);
        health = new Health(models, traffic::draining);
        folders.forEach((key, folder) -> models.register(key, folder).thenAccept(ModelServer::logLoaded));
        Limits limits = limits(options.maxBody());
        PredictionContext context =
                new PredictionContext(metrics, options.drill(), options.timeout(), options.maxBody(), log, tracing);
        Routes predictions = first(
                new Predictions(models, context),
                health,
                new OpenInference(models, context, health),
                new GrpcInference(models, context, health),
                new Feedback(log, Clock.systemUTC()));
        server = HttpServer.bind(options.address(), loops, limits, traffic, predictions);
        management = HttpServer.bind(
                options.managementAddress(),
                managementLoops,
                limits(1 << 20),
                managementTraffic,
                first(health, new MetricsRoute(metrics), management()));
    }

    private Management management() {
        return new Management(models, Tokens.read(options.tokenFile()), new ModelRoot(options.modelRoot()));
    }

    private Limits limits(int body) {
        Limits usual = Limits.DEFAULT;
        return new Limits(body, usual.headerBytes(), options.requestTime(), usual.idleTime());
    }

    private static EventLoopGroup loops(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }

    private static Routes first(Routes... all) {
        return exchange -> anyHandles(all, exchange);
    }

    private static boolean anyHandles(Routes[] all, Exchange exchange) {
        for (Routes routes : all) {
            if (routes.handle(exchange)) {
                return true;
            }
        }
        return false;
    }

    private static void logLoaded(ServedModel model) {
        if (model.ready()) {
            LOG.log(Level.INFO, "{0} is ready", model.key());
            return;
        }
        ServingException fault = model.status().fault().orElseThrow();
        LOG.log(
                Level.ERROR,
                "{0} is not ready: {1} ({2}) {3}",
                model.key(),
                fault.getMessage(),
                fault.code(),
                fault.advice());
    }

    int port() {
        return server.port();
    }

    int managementPort() {
        return management.port();
    }

    /** Not ready at once; ends when the requests under way are answered, or when the grace period is over. */
    void stop() throws InterruptedException {
        long end = System.nanoTime() + options.grace().toNanos();
        traffic.drain();
        TimeUnit.NANOSECONDS.sleep(options.drainDelay().toNanos());
        server.close();
        if (!traffic.awaitEnd(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            LOG.log(Level.WARNING, "{0} requests were cut off after the grace period", traffic.underWay());
        }
        management.close();
        if (log.isPresent()) {
            log.get().close();
        }
        tracing.ifPresent(Tracing::close);
        gpus.ifPresent(GpuMemory::close);
        loaders.shutdownNow();
        timer.shutdownNow();
        workers.shutdown();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        managementLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        if (workers.awaitTermination(1, TimeUnit.SECONDS)) {
            models.clear();
        }
    }
}
