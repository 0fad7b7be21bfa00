package io.mldelivery.drift.measure;

import io.mldelivery.drift.policy.Method;
import io.mldelivery.drift.statistics.CategoryPair;
import io.mldelivery.drift.statistics.Distances;
import io.mldelivery.drift.statistics.NumericPair;
import io.mldelivery.drift.statistics.RankTests;
import io.mldelivery.drift.statistics.TableTests;
import java.util.OptionalDouble;

/** Computes the methods that are not part of every report, when a policy asks for one. */
final class AskedMethod {
    private AskedMethod() {}

    /** For numbers; {@code shape} are their bins or values. */
    static OptionalDouble value(Method method, NumericPair pair, CategoryPair shape) {
        return switch (method) {
            case ENERGY -> OptionalDouble.of(Distances.energy(pair));
            case ANDERSON_DARLING -> OptionalDouble.of(RankTests.andersonDarling(pair));
            case CRAMER_VON_MISES_P_VALUE ->
                OptionalDouble.of(RankTests.cramerVonMises(pair).pValue());
            case MANN_WHITNEY_P_VALUE ->
                OptionalDouble.of(RankTests.mannWhitney(pair).pValue());
            default -> value(method, shape);
        };
    }

    /** For categories and for bins. */
    static OptionalDouble value(Method method, CategoryPair pair) {
        return switch (method) {
            case HELLINGER -> OptionalDouble.of(Distances.hellinger(pair));
            case KULLBACK_LEIBLER -> OptionalDouble.of(Distances.kullbackLeibler(pair));
            case L_INFINITY -> OptionalDouble.of(Distances.largestDifference(pair));
            case G_P_VALUE ->
                TableTests.g(pair).map(test -> OptionalDouble.of(test.pValue())).orElse(OptionalDouble.empty());
            case FISHER_P_VALUE ->
                TableTests.fisher(pair).map(OptionalDouble::of).orElse(OptionalDouble.empty());
            default -> OptionalDouble.empty();
        };
    }
}
