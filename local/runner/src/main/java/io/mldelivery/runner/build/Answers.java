package io.mldelivery.runner.build;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers to {@code input}: given ones by the input's id, or what is typed into the terminal. An answer is
 * {@code proceed}, {@code abort}, or {@code NAME=value} for parameters, several separated by commas.
 */
public final class Answers {
    private final Map<String, String> given;
    private final BufferedReader terminal;

    /** Without a terminal only given answers count. */
    public Answers(Map<String, String> given, BufferedReader terminal) {
        this.given = new LinkedHashMap<>(given);
        this.terminal = terminal;
    }

    /** The answer given for an id, or for all ids under {@code *}. */
    public Optional<String> given(String id) {
        return Optional.ofNullable(given.getOrDefault(id, given.get("*")));
    }

    /** Whether someone can type. */
    public boolean hasTerminal() {
        return terminal != null;
    }

    /** Asks at the terminal, one question at a time; null at its end. */
    public synchronized String ask(String prompt) throws IOException {
        System.err.print(prompt);
        System.err.flush();
        return terminal.readLine();
    }
}
