package io.mldelivery.drift.measure;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.measure.SchemaFinding.Change;
import io.mldelivery.drift.policy.Selection;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the columns that both tables have with one kind, and says what is wrong with the others. */
public final class SharedColumns {
    private static final Set<ColumnKind> WORDS = Set.of(ColumnKind.CATEGORICAL, ColumnKind.TEXT);

    private final Schema reference;
    private final Schema current;
    private final List<Column> shared = new ArrayList<>();
    private final List<SchemaFinding> findings = new ArrayList<>();

    public SharedColumns(Schema reference, Schema current, Selection selection) {
        this.reference = reference;
        this.current = current;
        selection.required().forEach(this::require);
        reference.columns().stream()
                .filter(column -> selection.takes(column.name()))
                .forEach(this::pair);
        current.columns().stream()
                .filter(column -> selection.takes(column.name()))
                .filter(column -> reference.column(column.name()).isEmpty())
                .forEach(column -> find(column, Change.ADDED, "is not in " + reference.source()));
    }

    /** The shared columns in the reference's order; the kind is the one to compare them by. */
    public List<Column> shared() {
        return shared;
    }

    public List<SchemaFinding> findings() {
        return findings;
    }

    private void require(String name) {
        if (reference.column(name).isEmpty() && current.column(name).isEmpty()) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "columns.include: neither " + reference.source() + " nor " + current.source() + " has a column '"
                            + name + "'",
                    "Correct the name in the policy.");
        }
    }

    private void pair(Column left) {
        Optional<Column> right = current.column(left.name());
        if (right.isEmpty()) {
            find(left, Change.MISSING, "is missing in " + current.source());
        } else if (left.kind() == ColumnKind.OTHER && right.get().kind() == ColumnKind.OTHER) {
            return;
        } else {
            kindOf(left, right.get())
                    .ifPresentOrElse(
                            kind -> shared.add(new Column(left.name(), kind, left.type())),
                            () -> find(
                                    left,
                                    Change.KIND,
                                    "was " + word(left) + " and is " + word(right.get()) + " in " + current.source()));
        }
    }

    private Optional<ColumnKind> kindOf(Column left, Column right) {
        if (left.kind() == right.kind() || WORDS.contains(left.kind()) && WORDS.contains(right.kind())) {
            return Optional.of(left.kind());
        }
        if (current.isEmpty().test(right)) {
            return Optional.of(left.kind());
        }
        return reference.isEmpty().test(left) ? Optional.of(right.kind()) : Optional.empty();
    }

    private static String word(Column column) {
        return column.kind().name().toLowerCase(Locale.ROOT) + " (" + column.type() + ")";
    }

    private void find(Column column, Change change, String description) {
        findings.add(new SchemaFinding(column.name(), change, "column '" + column.name() + "' " + description));
    }
}
