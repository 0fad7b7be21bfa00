package io.jenkins.plugins.mldelivery.training;

import io.mldelivery.training.TrainingProgress;
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

    /** Why the result could not be recorded yet; empty when it was, or when there is none. */
    final String obstacle;

    private TrainingNews(byte[] output, long offset, boolean ended, TrainingAnswer answer, String obstacle) {
        this.obstacle = obstacle;
        this.output = output;
        this.offset = offset;
        this.ended = ended;
        this.answer = answer;
    }

    static TrainingNews of(TrainingProgress progress) {
        return new TrainingNews(progress.output(), progress.offset(), progress.ended(), null, "");
    }

    static TrainingNews of(TrainingAnswer answer) {
        return new TrainingNews(new byte[0], 0, true, answer, "");
    }

    static TrainingNews nothing() {
        return new TrainingNews(new byte[0], 0, false, null, "");
    }

    static TrainingNews notRecorded(String obstacle) {
        return new TrainingNews(new byte[0], 0, true, null, obstacle);
    }
}
