package io.mldelivery.rollout.proxy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The proxy process. Arguments: the file that keeps the routes, the file that holds the token, the port for clients and the
 * port for {@link Admin} (0: any). Prints one line of JSON with the ports once it listens and runs until it is ended.
 */
public final class ProxyMain {
    private static final int MOST_CLIENTS = 1_024;

    private ProxyMain() {}

    /** Every class the process needs, for building its jar; a test compares the list with the package. */
    public static List<String> classes() {
        return List.of(
                "Admin",
                "Admin$Action",
                "Body",
                "Chooser",
                "Connection",
                "Counters",
                "Exchange",
                "Exchange$Answer",
                "Fingerprint",
                "Fingerprint$1",
                "Frontend",
                "Head",
                "Head$Field",
                "HttpFault",
                "ProxyMain",
                "Replay",
                "RouteStore",
                "Routes",
                "Routes$Backend",
                "Routes$Mirror",
                "Routes$Rule",
                "Shadow",
                "ToClient",
                "ToClient$ClientGone",
                "Unreachable",
                "Upstreams");
    }

    /** Runs the proxy. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var routes = new RouteStore(Path.of(arguments[0]));
        String token = Files.readString(Path.of(arguments[1])).trim();
        var server = new ServerSocket(Integer.parseInt(arguments[2]), 256, InetAddress.getLoopbackAddress());
        var upstreams = new Upstreams();
        var counters = new Counters();
        var timer = Executors.newScheduledThreadPool(1);
        var replay = new Replay(timer, URI.create("http://127.0.0.1:" + server.getLocalPort()));
        HttpServer admin = new Admin(token, routes, upstreams, counters, replay).listen(Integer.parseInt(arguments[3]));
        System.out.println("{\"event\":\"listening\",\"port\":" + server.getLocalPort() + ",\"adminPort\":"
                + admin.getAddress().getPort() + "}");
        new Frontend(server, routes, upstreams, counters, clientThreads()).run();
    }

    private static ThreadPoolExecutor clientThreads() {
        return new ThreadPoolExecutor(0, MOST_CLIENTS, 30, TimeUnit.SECONDS, new SynchronousQueue<>());
    }
}
