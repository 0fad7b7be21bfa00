package io.mldelivery.drift.joint;

import io.mldelivery.data.Column;
import io.mldelivery.data.ColumnKind;
import io.mldelivery.drift.engine.Frame;
import io.mldelivery.drift.finding.JointFinding;
import io.mldelivery.drift.learning.Features;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.drift.policy.Joint;
import io.mldelivery.drift.policy.TextRules;
import io.mldelivery.drift.rows.RowSample;
import io.mldelivery.stats.MultipleTesting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Asks what a policy asks about several columns together, and judges the answers: drift needs the policy's threshold and
 * significance after Holm's correction for the number of questions.
 */
public final class JointQuestions {
    private static final int LEAST_ROWS = 40;
    private static final int DISCREPANCY_ROWS = 2000;

    private final DriftPolicy policy;

    public JointQuestions(DriftPolicy policy) {
        this.policy = policy;
    }

    /**
     * Asks everything.
     *
     * @param inputs the columns that the questions about all columns look at
     * @param texts the columns of text
     */
    public List<JointFinding> ask(
            Frame reference, Frame current, List<Column> inputs, List<Column> texts, RowSample before, RowSample now) {
        List<JointFinding> answers = new ArrayList<>();
        if (Math.min(before.rows(), now.rows()) >= LEAST_ROWS) {
            answers.addAll(columns(inputs, before, now));
            texts.forEach(text -> answers.addAll(text(text.name(), before, now)));
        }
        var embeddings = new Embeddings(policy.sampling());
        policy.further()
                .embeddings()
                .forEach((name, pattern) -> answers.add(embeddings.compare(
                        name, pattern, reference, current, policy.further().embeddingLimit())));
        return judged(answers);
    }

    private List<JointFinding> columns(List<Column> inputs, RowSample before, RowSample now) {
        Joint joint = policy.further().joint();
        List<JointFinding> answers = new ArrayList<>();
        if (joint.classifier().isPresent() && !inputs.isEmpty()) {
            answers.add(DomainClassifier.compare(
                    Features.of(inputs, before, now), joint.classifier().getAsDouble()));
        }
        List<Column> numbers = inputs.stream()
                .filter(column -> column.kind() == ColumnKind.NUMERIC)
                .toList();
        if (numbers.size() < 2) {
            return answers;
        }
        Features features = Features.of(numbers, before, now);
        Standardized rows = Standardized.of(features.reference(), features.current());
        joint.reconstruction().ifPresent(limit -> answers.add(Reconstruction.compare(rows, limit)));
        joint.meanDiscrepancy().ifPresent(limit -> {
            var found = MeanDiscrepancy.of(
                    first(rows.reference()),
                    first(rows.current()),
                    policy.sampling().seed());
            answers.add(JointFinding.measured(
                    "mean-discrepancy",
                    "numeric columns",
                    found.value(),
                    limit,
                    found.pValue(),
                    numbers.size() + " columns"));
        });
        return answers;
    }

    private static double[][] first(double[][] rows) {
        return rows.length <= DISCREPANCY_ROWS ? rows : Arrays.copyOf(rows, DISCREPANCY_ROWS);
    }

    private List<JointFinding> text(String column, RowSample before, RowSample now) {
        TextRules rules = policy.further().texts();
        var comparison = new TextComparison(
                column, before.words().get(column), now.words().get(column));
        List<JointFinding> answers = new ArrayList<>();
        if (comparison.isPossible()) {
            rules.unknownWords().ifPresent(limit -> answers.add(comparison.unknownWords(limit)));
            rules.classifier().ifPresent(limit -> answers.add(comparison.separation(limit)));
        }
        return answers;
    }

    private List<JointFinding> judged(List<JointFinding> answers) {
        double[] adjusted = MultipleTesting.HOLM.adjust(answers.stream()
                .mapToDouble(answer -> answer.pValue().orElse(1))
                .toArray());
        List<JointFinding> judged = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            judged.add(answers.get(i).judged(adjusted[i], policy.level()));
        }
        return judged;
    }
}
