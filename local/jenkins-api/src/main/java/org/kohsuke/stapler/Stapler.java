package org.kohsuke.stapler;

import jakarta.servlet.http.HttpServlet;

/** The framework's servlet; without a controller there is no current request. */
public class Stapler extends HttpServlet {
    private static final long serialVersionUID = 1L;

    public static StaplerRequest2 getCurrentRequest2() {
        return null;
    }

    public static StaplerResponse2 getCurrentResponse2() {
        return null;
    }
}
