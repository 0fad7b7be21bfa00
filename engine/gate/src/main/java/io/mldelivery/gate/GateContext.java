package io.mldelivery.gate;

import io.mldelivery.gate.history.PastBuild;
import io.mldelivery.gate.holdout.HoldoutLedger;
import io.mldelivery.gate.judge.Champion;
import io.mldelivery.gate.judge.Waiver;
import io.mldelivery.gate.scoring.RowScoring;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a gate knows beyond this candidate.
 *
 * @param history earlier builds of the job whose gate passed, newest first
 * @param models finds the models that rules name ({@code against: models:/name/3})
 * @param holdouts earlier decisions by evaluation sets; absent where nobody keeps track of them
 * @param waivers waivers of the job, expired ones too
 * @param versions the names under which waivers may speak of the candidate
 * @param scoring runs candidate and champion on rows; absent where models cannot be run
 */
public record GateContext(
        List<PastBuild> history,
        Function<String, Champion> models,
        Optional<HoldoutLedger> holdouts,
        List<Waiver> waivers,
        Set<String> versions,
        Optional<RowScoring> scoring) {
    public GateContext {
        history = List.copyOf(history);
        waivers = List.copyOf(waivers);
        versions = Set.copyOf(versions);
    }

    /** Nothing but the candidate. */
    public static GateContext none() {
        return new GateContext(
                List.of(),
                address -> new Champion.Absent(address + " cannot be looked up here"),
                Optional.empty(),
                List.of(),
                Set.of(),
                Optional.empty());
    }

    /** The same, with the names under which waivers may speak of the candidate. */
    public GateContext named(Set<String> names) {
        return new GateContext(history, models, holdouts, waivers, names, scoring);
    }

    /** The same with models that are run on rows. */
    public GateContext with(RowScoring rows) {
        return new GateContext(history, models, holdouts, waivers, versions, Optional.of(rows));
    }
}
