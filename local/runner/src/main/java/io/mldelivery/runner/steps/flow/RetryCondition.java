package io.mldelivery.runner.steps.flow;

import io.mldelivery.runner.binding.SymbolCall;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;

/** After which failures {@code retry} runs its block again. */
enum RetryCondition {
    /** The connection to the agent broke; a local build has agents only where a test puts one. */
    AGENT("agent") {
        @Override
        boolean isMet(Throwable failure) {
            for (Throwable each = failure; each != null; each = each.getCause()) {
                if (each instanceof ClosedChannelException) {
                    return true;
                }
            }
            return false;
        }
    },
    /** The step could not go on after a restart; the runner's steps all can. */
    NONRESUMABLE("nonresumable") {
        @Override
        boolean isMet(Throwable failure) {
            return false;
        }
    };

    private final String symbol;

    RetryCondition(String symbol) {
        this.symbol = symbol;
    }

    abstract boolean isMet(Throwable failure);

    static List<RetryCondition> of(List<Object> calls) {
        List<RetryCondition> conditions = new ArrayList<>();
        for (Object call : calls) {
            conditions.add(of(call));
        }
        return conditions;
    }

    private static RetryCondition of(Object call) {
        for (RetryCondition condition : values()) {
            if (call instanceof SymbolCall symbolCall && symbolCall.getSymbol().equals(condition.symbol)) {
                return condition;
            }
        }
        throw new IllegalArgumentException("Not a condition of retry: " + call + "; known: agent(), nonresumable()");
    }
}
