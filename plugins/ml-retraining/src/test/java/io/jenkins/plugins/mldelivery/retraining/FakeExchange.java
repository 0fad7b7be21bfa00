package io.jenkins.plugins.mldelivery.retraining;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** One HTTP request and its response, as far as the endpoint looks at them. */
final class FakeExchange {
    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final byte[] body;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private int status;

    FakeExchange(String method, String path, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
    }

    FakeExchange through(WebhookEndpoint endpoint) throws IOException {
        endpoint.doDynamic(proxy(StaplerRequest2.class, this::request), proxy(StaplerResponse2.class, this::response));
        return this;
    }

    int status() {
        return status;
    }

    String answer() {
        return sent.toString(StandardCharsets.UTF_8);
    }

    private Object request(Object proxy, Method called, Object[] arguments) {
        return switch (called.getName()) {
            case "getMethod" -> method;
            case "getRestOfPath", "getPathInfo" -> path;
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getHeader" -> headers.get((String) arguments[0]);
            case "getInputStream" -> input();
            default -> throw new UnsupportedOperationException(called.getName());
        };
    }

    private Object response(Object proxy, Method called, Object[] arguments) {
        if (called.getName().equals("setStatus")) {
            status = (Integer) arguments[0];
        }
        return called.getName().equals("getOutputStream") ? output() : null;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FakeExchange.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private ServletInputStream input() {
        var bytes = new ByteArrayInputStream(body);
        return new ServletInputStream() {
            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read() {
                return bytes.read();
            }
        };
    }

    private ServletOutputStream output() {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(int b) {
                sent.write(b);
            }
        };
    }
}
