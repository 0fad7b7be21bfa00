package io.mldelivery.runner;

import hudson.model.Result;
import java.nio.file.Path;

/** A runner in a JVM of its own, for tests that kill it. Arguments: script, home, and "resume" or nothing. */
final class ChildRunner {
    private ChildRunner() {}

    public static void main(String[] arguments) throws Exception {
        RunRequest request =
                RunRequest.of(Path.of(arguments[0]), Path.of(arguments[1])).withJob("job");
        Result result = Runner.run(arguments.length > 2 ? request.resuming() : request, System.out);
        System.exit(result.ordinal);
    }
}
