package io.mldelivery.rollout.machine;

import io.mldelivery.rollout.analysis.Verdict;
import java.util.Optional;

/**
 * The world as it is right now, read from the target and the measurements, never from memory.
 *
 * @param candidate the new version's process
 * @param warmed whether the new version answered the warm-up requests as it should
 * @param stable the old version's process; absent also when there is no old version
 * @param weight the new version's share of the traffic in percent; empty when it could not be read
 * @param stableDrained whether the old version has answered all it had to
 * @param aliasMoved whether the registry calls the new version champion; empty when not asked or not known
 * @param verdict what all measurements so far say
 * @param requests what the new version has answered since measuring began
 * @param trouble what went wrong when the last effects were performed
 */
public record Observation(
        Instance candidate,
        boolean warmed,
        Instance stable,
        Optional<Integer> weight,
        boolean stableDrained,
        Optional<Boolean> aliasMoved,
        Verdict verdict,
        long requests,
        Optional<Command> command,
        Optional<String> trouble) {

    boolean asks(Command wanted) {
        return command.filter(wanted::equals).isPresent();
    }

    boolean weightIs(int percent) {
        return weight.filter(actual -> actual == percent).isPresent();
    }
}
