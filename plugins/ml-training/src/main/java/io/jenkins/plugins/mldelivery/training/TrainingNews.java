package io.jenkins.plugins.mldelivery.training;

import java.io.Serializable;

/**
 * What an agent tells about a training. Holds classes of the JDK and of this plugin only, as Remoting's filter wants.
 */
final class TrainingNews implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What the script said since the last time. */
    final byte[] output;

    /** From where to ask for more. */
    final long offset;

    /** Whether the script has ended and all it said was told. */
    final boolean ended;

    /** The result; null while there is none. */
    final TrainingAnswer answer;

    TrainingNews(byte[] output, long offset, boolean ended, TrainingAnswer answer) {
        this.output = output;
        this.offset = offset;
        this.ended = ended;
        this.answer = answer;
    }

    static TrainingNews of(TrainingAnswer answer) {
        return new TrainingNews(new byte[0], 0, answer != null, answer);
    }
}
