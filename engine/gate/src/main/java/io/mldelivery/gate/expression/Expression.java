package io.mldelivery.gate.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;

/**
 * A condition over metrics, in CEL (cel.dev): {@code candidate.roc_auc > champion.roc_auc - 0.01}. It knows two maps from
 * metric names to numbers, {@code candidate} and {@code champion}.
 *
 * <p>CEL has no loops but its macros over lists and maps. Those may run {@value #MOST_ITERATIONS} times in all; a source
 * has at most {@value #MOST_CHARACTERS} characters, so that no expression takes long. Immutable, safe between threads.
 */
public final class Expression {
    private static final int MOST_ITERATIONS = 10_000;
    private static final int MOST_CHARACTERS = 4_000;
    private static final MapType METRICS = MapType.create(SimpleType.STRING, SimpleType.DOUBLE);
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .maxExpressionCodePointSize(MOST_CHARACTERS)
            .maxRegexProgramSize(1_000)
            .build();

    private final String source;
    private final CelRuntime.Program program;
    private final boolean needsChampion;

    private Expression(String source, CelRuntime.Program program, boolean needsChampion) {
        this.source = source;
        this.program = program;
        this.needsChampion = needsChampion;
    }

    /** What an expression may be refused for; the message says what is wrong and where in the expression. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Checks names, types and size. */
    public static Expression compile(String source) throws Refused {
        try {
            CelAbstractSyntaxTree tree = compiler(true).build().compile(source).getAst();
            CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .build();
            return new Expression(
                    source,
                    runtime.createProgram(tree),
                    compiler(false).build().compile(source).hasError());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new Refused(
                    e.getMessage().lines().findFirst().orElse("not CEL").replaceFirst("^ERROR: <input>:", ""), e);
        }
    }

    private static CelCompilerBuilder compiler(boolean withChampion) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("candidate", METRICS)
                .setResultType(SimpleType.BOOL);
        return withChampion ? builder.addVar("champion", METRICS) : builder;
    }

    /** How an evaluation ended. */
    public sealed interface Answer {
        /** The condition holds, or not. */
        record Decided(boolean holds) implements Answer {}

        /**
         * It has no value.
         *
         * @param reason why, such as a metric that is not there or too many iterations
         */
        record Impossible(String reason) implements Answer {}
    }

    /** Evaluates; takes no longer than the limits above allow. */
    public Answer evaluate(Map<String, Double> candidate, Map<String, Double> champion) {
        try {
            Object value = program.eval(Map.of("candidate", candidate, "champion", champion));
            return new Answer.Decided(Boolean.TRUE.equals(value));
        } catch (CelEvaluationException e) {
            return new Answer.Impossible(e.getMessage()
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceFirst("^evaluation error( at <input>:\\d+)?: ", ""));
        }
    }

    /** Whether it speaks of the champion. */
    public boolean needsChampion() {
        return needsChampion;
    }

    /** The expression as it was written. */
    public String source() {
        return source;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Expression that && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return source;
    }
}
