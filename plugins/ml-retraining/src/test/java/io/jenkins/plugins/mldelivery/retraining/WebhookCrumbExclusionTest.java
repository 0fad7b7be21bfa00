package io.jenkins.plugins.mldelivery.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookCrumbExclusionTest {
    @ParameterizedTest
    @CsvSource({
        "POST, /ml-delivery-webhook/flights-push, true",
        "GET, /ml-delivery-webhook/flights-push, false",
        "POST, /ml-delivery-webhook, false",
        "POST, /ml-delivery-webhook/, false",
        "POST, /ml-delivery-webhook/a/b, false",
        "POST, /ml-delivery-webhook/a;b, false",
        "POST, /ml-delivery-webhook/../script, false",
        "POST, /ml-delivery-webhooks/a, false",
        "POST, /job/ml-delivery-webhook/a, false",
        "POST, , false"
    })
    void shouldExcludeExactlyTheTriggersAddresses(String method, String path, boolean excluded) throws Exception {
        var passed = new AtomicInteger();
        var request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> called.getName().equals("getMethod") ? method : path);

        boolean processed =
                new WebhookCrumbExclusion().process(request, null, (req, response) -> passed.incrementAndGet());

        assertThat(processed).isEqualTo(excluded);
        assertThat(passed.get()).isEqualTo(excluded ? 1 : 0);
    }
}
