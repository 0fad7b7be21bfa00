package io.mldelivery.evidence;

import io.mldelivery.model.DeliveryException;
import java.nio.file.Path;
import java.util.Map;

/** A process of its own for the tests: appends so many events to a log; exit code 3 when that is refused. */
final class Appender {
    private Appender() {}

    public static void main(String[] args) {
        EvidenceLog log = EvidenceLog.at(Path.of(args[0]));
        int events = Integer.parseInt(args[1]);
        String filling = "x".repeat(Integer.parseInt(args[2]));
        try {
            for (int i = 0; i < events; i++) {
                log.append("test.event", Map.of("pid", ProcessHandle.current().pid(), "i", i, "filling", filling));
            }
        } catch (DeliveryException e) {
            System.out.println(e.getMessage());
            System.exit(3);
        }
    }
}
