package io.mldelivery.drift.report;

import io.mldelivery.data.address.Addresses;
import io.mldelivery.drift.verdict.DriftVerdict;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Where else a verdict is written.
 *
 * @param html the report page
 * @param markdown a short text for a comment
 * @param history the checks before, to which this one is added
 * @param name what the history calls this check
 * @param metrics a file in Prometheus' text format
 * @param push a Pushgateway
 * @param model the model's name in metrics
 */
public record DriftFiles(
        Optional<Path> html,
        Optional<Path> markdown,
        Optional<Path> history,
        String name,
        Optional<Path> metrics,
        Optional<URI> push,
        String model) {

    /** The checks before this one. */
    public DriftHistory before() {
        return history.map(DriftHistory::read).orElse(DriftHistory.NONE);
    }

    /** Writes what was asked for; {@code past} are the checks before, {@code from} and {@code to} what was compared. */
    public void write(DriftVerdict verdict, DriftHistory past, String from, String to) {
        String reference = Addresses.shown(from);
        String current = Addresses.shown(to);
        DriftHistory checks = past.and(name, verdict);
        html.ifPresent(file -> AtomicFile.write(file, DriftPage.of(verdict, checks, reference, current)));
        markdown.ifPresent(file -> AtomicFile.write(file, DriftMarkdown.of(verdict, reference, current)));
        history.ifPresent(checks::write);
        String exported = DriftMetrics.of(verdict, model, Instant.now());
        metrics.ifPresent(file -> AtomicFile.write(file, exported));
        push.ifPresent(address -> MetricsPush.send(address, exported));
    }
}
