package io.jenkins.plugins.mldelivery.retraining;

import hudson.Extension;
import hudson.security.csrf.CrumbExclusion;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Lets signed events in without a crumb, which other systems cannot have: for exactly {@code POST} to
 * {@code /ml-delivery-webhook/NAME} and nothing below or beside it.
 */
@Extension
public final class WebhookCrumbExclusion extends CrumbExclusion {
    private static final Pattern PATH = Pattern.compile("/" + WebhookEndpoint.URL_NAME + "/[a-z0-9][a-z0-9-]{0,63}");

    @Override
    public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getPathInfo();
        if (path == null || !PATH.matcher(path).matches() || !"POST".equals(request.getMethod())) {
            return false;
        }
        chain.doFilter(request, response);
        return true;
    }
}
