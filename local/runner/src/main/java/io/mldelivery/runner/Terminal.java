package io.mldelivery.runner;

import java.io.BufferedReader;
import java.io.Console;

/** The terminal that the runner was started from. */
final class Terminal {
    private Terminal() {}

    /** Lines that are typed; null where nobody can type. */
    static BufferedReader reader() {
        Console console = System.console();
        return console == null ? null : new BufferedReader(console.reader());
    }
}
