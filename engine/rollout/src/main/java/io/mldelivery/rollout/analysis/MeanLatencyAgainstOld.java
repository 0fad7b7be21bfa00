package io.mldelivery.rollout.analysis;

import java.util.List;
import java.util.Random;

/**
 * Is the new version's mean time at most so many times the old one's? A bet on pairs: one new time and one old time of the
 * same look, paired at random, new rounded down and old rounded up to a bound of the histogram. Times above a cap, eight
 * times the old version's mean before this look, count as the cap for both: the question is put to the means of capped times.
 */
record MeanLatencyAgainstOld(double ratio) implements Check {
    private static final int MOST_PAIRS = 500;
    private static final double CAP = 8;

    @Override
    public String name() {
        return "latency mean against old";
    }

    @Override
    public boolean againstOld() {
        return true;
    }

    @Override
    public SequentialEvidence update(AnalysisState past, VersionCounts candidate, VersionCounts stable) {
        double[] logs = new double[Alternatives.count()];
        double cap = cap(past.stable().latency());
        int pairs = (int) Math.min(
                MOST_PAIRS,
                Math.min(candidate.latency().count(), stable.latency().count()));
        if (pairs > 0 && !Double.isNaN(cap)) {
            add(logs, candidate.latency().lows(), stable.latency().highs(), pairs, cap);
        }
        return past.of(name()).update(logs, candidate.latency().count());
    }

    /** Known before the look, so that it cannot be chosen to fit. */
    private static double cap(LatencyCounts old) {
        double wanted = CAP * old.mean();
        List<Double> bounds = old.bounds();
        return bounds.stream()
                .filter(bound -> bound >= wanted)
                .findFirst()
                .orElse(bounds.isEmpty() || Double.isNaN(wanted) ? Double.NaN : bounds.get(bounds.size() - 1));
    }

    private void add(double[] logs, double[] fresh, double[] old, int pairs, double cap) {
        var random = new Random(pairs * 31L + fresh.length);
        shuffle(fresh, random);
        shuffle(old, random);
        for (int i = 0; i < logs.length; i++) {
            double stake = Alternatives.stake(i) / (ratio * cap);
            for (int pair = 0; pair < pairs; pair++) {
                logs[i] += Math.log1p(stake * (Math.min(cap, fresh[pair]) - ratio * Math.min(cap, old[pair])));
            }
        }
    }

    private static void shuffle(double[] values, Random random) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double kept = values[i];
            values[i] = values[other];
            values[other] = kept;
        }
    }

    @Override
    public Measurement judge(Question question) {
        double limit = ratio * question.state().stable().latency().mean();
        var judgement = new Judgement(
                "latency mean s",
                question,
                question.state().candidate().latency().mean(),
                limit,
                Judgement.number(ratio) + " times the old version's, which is");
        return Comparison.judge(judgement, question, "above", "not provably above");
    }
}
