package io.mldelivery.rollout.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * A time in which nothing is changed for users: no rollout starts, and one under way gives the new version no more traffic. Going
 * back is always allowed.
 *
 * @param starts when the window opens
 * @param length how long it stays open, at most 31 days
 */
public record FreezeWindow(Cron starts, Duration length, ZoneId zone) {
    /** When the window that is open now closes; empty when none is. */
    public Optional<Instant> openUntil(Instant now) {
        ZonedDateTime local = now.atZone(zone);
        for (LocalDate day = local.toLocalDate(); !day.isBefore(earliest(local)); day = day.minusDays(1)) {
            Optional<Instant> start = starts.lastOn(day, zone, now);
            if (start.isPresent()) {
                return Optional.of(start.get().plus(length)).filter(now::isBefore);
            }
        }
        return Optional.empty();
    }

    private LocalDate earliest(ZonedDateTime now) {
        return now.minus(length).toLocalDate();
    }
}
