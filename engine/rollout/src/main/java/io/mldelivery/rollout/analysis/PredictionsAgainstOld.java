package io.mldelivery.rollout.analysis;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Do both versions predict the classes equally often? For each class, is it the new version's more often, or less often, than
 * the old one's; the evidence of all these questions is averaged, which keeps it valid. A difference is what a better model
 * makes too: it is a finding, and decides only where the plan says so.
 */
record PredictionsAgainstOld(boolean gate) implements Check {
    @Override
    public String name() {
        return "predictions against old";
    }

    @Override
    public SequentialEvidence update(AnalysisState past, VersionCounts candidate, VersionCounts stable) {
        double[] sums = new double[Alternatives.count()];
        Set<String> classes = new TreeSet<>(candidate.classes().keySet());
        classes.addAll(stable.classes().keySet());
        for (String one : classes) {
            add(sums, candidate, stable, one);
        }
        double[] logs = Arrays.stream(sums)
                .map(sum -> classes.isEmpty() ? 0 : Math.log(sum / (2.0 * classes.size())))
                .toArray();
        return past.of(name()).update(logs, candidate.predicted());
    }

    private static void add(double[] sums, VersionCounts candidate, VersionCounts stable, String one) {
        long fresh = candidate.predicted();
        long old = stable.predicted();
        long freshOfIt = candidate.classes().getOrDefault(one, 0L);
        long oldOfIt = stable.classes().getOrDefault(one, 0L);
        double[] more = TwoProportions.logLikelihoodRatios(fresh, freshOfIt, old, oldOfIt);
        double[] less = TwoProportions.logLikelihoodRatios(old, oldOfIt, fresh, freshOfIt);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += Math.exp(more[i]) + Math.exp(less[i]);
        }
    }

    @Override
    public Measurement judge(Question question) {
        double distance =
                distance(question.state().candidate(), question.state().stable());
        var judgement =
                new Judgement("predictions", question, distance, 0, "the old version's by a total variation of");
        Measurement measured = question.proved()
                ? judgement.shifted()
                : judgement.alike(question.state().candidate().predicted());
        return gate ? measured : measured.asFinding();
    }

    /** The total variation distance of both versions' shares of classes, 0 to 1; NaN without predictions. */
    private static double distance(VersionCounts candidate, VersionCounts stable) {
        if (candidate.predicted() == 0 || stable.predicted() == 0) {
            return Double.NaN;
        }
        Set<String> classes = new TreeSet<>(candidate.classes().keySet());
        classes.addAll(stable.classes().keySet());
        return classes.stream()
                        .mapToDouble(one ->
                                Math.abs(candidate.classes().getOrDefault(one, 0L) / (double) candidate.predicted()
                                        - stable.classes().getOrDefault(one, 0L) / (double) stable.predicted()))
                        .sum()
                / 2;
    }
}
