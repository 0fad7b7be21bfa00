package io.mldelivery.runner.machine;

/** Tells in the log that plain Groovy called transformed code, where only the first call of it is seen. */
final class Mismatches {
    private static final String ADVICE = "; see: https://jenkins.io/redirect/pipeline-cps-method-mismatches/";

    /** The method that calls with spread arguments are rewritten to. */
    private static final String SPREAD = "invokeMethod";

    private final Surroundings surroundings;

    Mismatches(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void report(Object expectedReceiver, String expectedMethod, Object actualReceiver, String actualMethod) {
        if (!isOurs(expectedReceiver) && !expectedMethod.equals(SPREAD)) {
            surroundings
                    .log()
                    .println("expected to call " + name(expectedReceiver, expectedMethod) + " but wound up catching "
                            + name(actualReceiver, actualMethod) + ADVICE);
        }
    }

    private static boolean isOurs(Object receiver) {
        return receiver != null && type(receiver).getName().startsWith("io.mldelivery.");
    }

    private static String name(Object receiver, String method) {
        return receiver == null ? method : type(receiver).getName() + "." + method;
    }

    private static Class<?> type(Object receiver) {
        return receiver instanceof Class<?> type ? type : receiver.getClass();
    }
}
