package io.mldelivery.drift.policy;

import io.mldelivery.data.ColumnKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What counts as drift, and when drift fails the check. docs/reference/driftCheck.md describes the file.
 *
 * @param name the named policy this one started from
 * @param rules how a column of a kind is judged; all kinds but {@link ColumnKind#OTHER} are there
 * @param overrides how a column with this name is judged
 * @param level the chance of a false alarm that is accepted, over all columns together
 * @param tolerated the check fails when more than this share of the judged columns drifted
 * @param minimumRows with fewer rows on either side the check is inconclusive; with fewer values so is the column
 * @param nullIncrease the check fails when the share of missing values of a column grew by more than this
 * @param missingFails whether a column that the current data lacks fails the check
 * @param addedFails whether a column that the reference lacks fails the check
 * @param brokenRows how many rows of a text file may be unreadable before the file is refused
 * @param further what is looked at besides single columns
 */
public record DriftPolicy(
        PolicyName name,
        Selection columns,
        Map<ColumnKind, Rule> rules,
        Map<String, Rule> overrides,
        double level,
        Correction correction,
        double tolerated,
        long minimumRows,
        double nullIncrease,
        boolean missingFails,
        boolean addedFails,
        Sampling sampling,
        long brokenRows,
        Investigation further) {

    public DriftPolicy {
        rules = Map.copyOf(rules);
        overrides = Map.copyOf(overrides);
    }

    /** The policy that holds when none is given. */
    public static DriftPolicy calibrated() {
        return PolicyName.CALIBRATED.policy();
    }

    /**
     * Reads a policy.
     *
     * @param source the file's name for messages
     * @throws io.mldelivery.model.DeliveryException with line and column when the text is not a policy
     */
    public static DriftPolicy parse(String source, byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        return new PolicyParser(source, text).parse();
    }

    /** The same with other rules for the kinds of columns, and none for single columns. */
    public DriftPolicy withRules(Map<ColumnKind, Rule> other) {
        return with(other, Map.of(), tolerated, further);
    }

    /** The same with another share of columns that may drift. */
    public DriftPolicy withTolerated(double share) {
        return with(rules, overrides, share, further);
    }

    /** The same with other questions besides single columns. */
    public DriftPolicy withFurther(Investigation other) {
        return with(rules, overrides, tolerated, other);
    }

    private DriftPolicy with(
            Map<ColumnKind, Rule> newRules,
            Map<String, Rule> newOverrides,
            double newTolerated,
            Investigation newFurther) {
        return new DriftPolicy(
                name,
                columns,
                newRules,
                newOverrides,
                level,
                correction,
                newTolerated,
                minimumRows,
                nullIncrease,
                missingFails,
                addedFails,
                sampling,
                brokenRows,
                newFurther);
    }

    /** The rule for a column; absent for the named policies whose rule depends on the data. */
    public Rule ruleFor(String column, ColumnKind kind) {
        return Optional.ofNullable(overrides.get(column)).orElseGet(() -> rules.getOrDefault(kind, Rule.NONE));
    }
}
