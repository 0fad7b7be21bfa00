/**
 * The statistics behind gates, rollouts and drift checks: intervals, tests of two samples, paired tests, sequential
 * tests, multiplicity and power. Everything is a pure function of its arguments, agrees with scipy or statsmodels
 * where those have the same method, and names the source of its formula.
 *
 * <p>Arguments out of range are programming errors ({@link java.lang.IllegalArgumentException}): callers check what
 * people wrote. Start at {@link io.mldelivery.stats.TwoProportions}, {@link io.mldelivery.stats.DeLong} and
 * {@link io.mldelivery.stats.MixtureSprt}.
 */
package io.mldelivery.stats;
