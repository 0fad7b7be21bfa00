package io.mldelivery.training.script;

/** Where a {@link DurableScript} stands. */
public sealed interface ScriptState {
    /** It was never started. */
    record NotStarted() implements ScriptState {}

    /** It runs, or is about to. */
    record Running() implements ScriptState {}

    /** It ended by itself. */
    record Exited(int code) implements ScriptState {}

    /** A signal ended it, such as 9 when the system ran out of memory, or 15 for an abort. */
    record Signalled(int signal) implements ScriptState {}

    /** It is gone without a trace of its end: it was killed together with its supervisor, or the machine went down. */
    record Lost() implements ScriptState {}

    /** Returns whether nothing more will come. */
    default boolean ended() {
        return this instanceof Exited || this instanceof Signalled || this instanceof Lost;
    }
}
