package io.mldelivery.gate.predictions;

import io.mldelivery.data.Column;
import io.mldelivery.data.Tables;
import java.util.List;

/** The rule that candidate and champion must speak of the same rows. */
final class Pairing {
    private final Tables tables;
    private final Source candidate;
    private final Source champion;
    private final String id;

    Pairing(Tables tables, Source candidate, Source champion, String id) {
        this.tables = tables;
        this.candidate = candidate;
        this.champion = champion;
        this.id = id;
    }

    /** The condition that joins the tables c and b. */
    String condition() {
        Column own = candidate.get(id);
        Column other = champion.get(id);
        return own.kind() == other.kind()
                        && own.type().equals("VARCHAR") == other.type().equals("VARCHAR")
                ? "c." + own.sql() + " = b." + other.sql()
                : "c." + own.sql() + "::VARCHAR = b." + other.sql() + "::VARCHAR";
    }

    void check(String y) {
        candidate.requireUnique(candidate.get(id));
        champion.requireUnique(champion.get(id));
        refuseUnmatched();
        if (champion.find(y).isPresent()) {
            refuseOtherTruth(candidate.get(y), champion.get(y));
        }
    }

    private void refuseUnmatched() {
        List<String> onlyCandidate = unmatched(candidate.sql() + " c", champion.sql() + " b", "c", candidate);
        List<String> onlyChampion = unmatched(champion.sql() + " b", candidate.sql() + " c", "b", champion);
        if (!onlyCandidate.isEmpty() || !onlyChampion.isEmpty()) {
            throw candidate.problem(
                    "its ids do not match those of " + champion.name() + ": "
                            + unmatchedCount("c", candidate.sql() + " c", champion.sql() + " b", onlyCandidate)
                            + " only here, "
                            + unmatchedCount("b", champion.sql() + " b", candidate.sql() + " c", onlyChampion)
                            + " only there",
                    "Score both models on the same rows.");
        }
    }

    private List<String> unmatched(String from, String other, String alias, Source source) {
        return tables.query(
                "SELECT " + alias + "." + source.get(id).sql() + "::VARCHAR FROM " + from + " ANTI JOIN " + other
                        + " ON " + condition() + " ORDER BY 1 LIMIT 3",
                row -> row.text(1));
    }

    private String unmatchedCount(String alias, String from, String other, List<String> examples) {
        long count = examples.size() < 3
                ? examples.size()
                : tables.query(
                                "SELECT count(" + alias + ") FROM " + from + " ANTI JOIN " + other + " ON "
                                        + condition(),
                                row -> row.integer(1))
                        .get(0);
        return count + (examples.isEmpty() ? "" : " (" + String.join(", ", examples) + (count > 3 ? ", …" : "") + ")");
    }

    private void refuseOtherTruth(Column own, Column other) {
        boolean sameKind = own.kind() == other.kind();
        String differ = sameKind
                ? "c." + own.sql() + " IS DISTINCT FROM b." + other.sql()
                : "c." + own.sql() + "::VARCHAR IS DISTINCT FROM b." + other.sql() + "::VARCHAR";
        long count = tables.query(
                        "SELECT count(*) FROM " + candidate.sql() + " c JOIN " + champion.sql() + " b ON " + condition()
                                + " WHERE " + differ,
                        row -> row.integer(1))
                .get(0);
        if (count > 0) {
            throw candidate.problem(
                    "the true value '" + own.name() + "' differs from that in " + champion.name() + " in " + count
                            + " rows",
                    "Both files must describe the same rows.");
        }
    }
}
