package io.mldelivery.runner.binding;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/** A nested object in a script, {@code string(name: 'LR')}, that gets its class where it is used. */
public final class SymbolCall implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String symbol;
    private final LinkedHashMap<String, Object> arguments;

    SymbolCall(String symbol, Map<String, Object> arguments) {
        this.symbol = symbol;
        this.arguments = new LinkedHashMap<>(arguments);
    }

    /** The name that was called. */
    public String getSymbol() {
        return symbol;
    }

    /** The named arguments; a sole unnamed one has the key of {@link DescribableModel#ANONYMOUS_KEY}. */
    public Map<String, Object> getArguments() {
        return new LinkedHashMap<>(arguments);
    }

    @Override
    public String toString() {
        return "@" + symbol + "(" + arguments + ")";
    }
}
