package io.mldelivery.runner.binding;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jenkinsci.Symbol;

/** The names that {@code @Symbol} gives to describable classes. */
public final class Symbols {
    private static final Logger LOG = Logger.getLogger(Symbols.class.getName());

    /** Job properties and their parts, which steer a controller and are only named here. */
    private static final Set<String> OF_A_CONTROLLER = Set.of(
            "buildDiscarder",
            "cron",
            "agent",
            "nonresumable",
            "disableConcurrentBuilds",
            "disableResume",
            "durabilityHint",
            "logRotator",
            "pipelineTriggers",
            "pollSCM",
            "preserveStashes",
            "quietPeriod",
            "upstream");

    private final Map<String, List<Class<?>>> types = new TreeMap<>();
    private final List<Class<?>> described = new ArrayList<>();
    private final Consumer<String> warnings;

    private Symbols(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** The symbols of all descriptors that are extensions. */
    public static Symbols ofExtensions() {
        return ofExtensions(LOG::warning);
    }

    /** The symbols of all descriptors that are extensions; what is odd in arguments is told to the consumer. */
    public static Symbols ofExtensions(Consumer<String> warnings) {
        var symbols = new Symbols(warnings);
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            symbols.add(descriptor);
        }
        return symbols;
    }

    void warn(String oddity) {
        warnings.accept(oddity);
    }

    private void add(Descriptor<?> descriptor) {
        described.add(descriptor.clazz);
        Symbol symbol = descriptor.getClass().getAnnotation(Symbol.class);
        if (symbol != null) {
            for (String name : symbol.value()) {
                types.computeIfAbsent(name, any -> new ArrayList<>()).add(descriptor.clazz);
            }
        }
    }

    /** Whether a class of that kind has the symbol. */
    public boolean isKnown(Class<?> kind, String symbol) {
        return OF_A_CONTROLLER.contains(symbol)
                || types.getOrDefault(symbol, List.of()).stream().anyMatch(kind::isAssignableFrom);
    }

    /** All symbols, sorted. */
    public Set<String> names() {
        return new TreeSet<>(types.keySet());
    }

    /** The object that stands for a call of a symbol until its kind is known. */
    public SymbolCall call(String symbol, Map<String, Object> arguments) {
        return new SymbolCall(symbol, new LinkedHashMap<>(arguments));
    }

    Class<?> bySymbol(Class<?> kind, String symbol) {
        return types.getOrDefault(symbol, List.of()).stream()
                .filter(kind::isAssignableFrom)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no known implementation of " + kind + " is using symbol ‘" + symbol + "’"));
    }

    Class<?> byClassName(Class<?> kind, String name) {
        return described.stream()
                .filter(kind::isAssignableFrom)
                .filter(type ->
                        type.getSimpleName().equals(name) || type.getName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new UnsupportedOperationException("no known implementation of " + kind + " is named " + name));
    }
}
