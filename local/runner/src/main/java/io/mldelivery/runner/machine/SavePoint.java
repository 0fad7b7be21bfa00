package io.mldelivery.runner.machine;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/**
 * Decides when the state is written: each time when all threads wait, but never so often that more than a fifth of the
 * time goes into it; what was put off is written when nothing happened for that while.
 */
final class SavePoint {
    private final ProgramFile file;
    private final Program program;
    private final List<SettableFuture<Void>> requests = new ArrayList<>();
    private boolean changed = true;
    private boolean failed;
    private long lastEnd;
    private long lastDuration;
    private boolean timerRunning;

    SavePoint(ProgramFile file, Program program) {
        this.file = file;
        this.program = program;
    }

    void changed() {
        changed = true;
    }

    ListenableFuture<Void> request() {
        SettableFuture<Void> done = SettableFuture.create();
        program.post(() -> requests.add(done));
        return done;
    }

    void saveWhenDue() {
        if (!changed || failed) {
            return;
        }
        long wait = requests.isEmpty() ? lastEnd + 4 * lastDuration - System.nanoTime() : 0;
        if (lastEnd == 0 || wait <= 0) {
            save();
        } else {
            wakeUpAfter(wait);
        }
    }

    private void wakeUpAfter(long nanos) {
        if (!timerRunning) {
            timerRunning = true;
            Timer.get().schedule(() -> program.post(() -> timerRunning = false), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void save() {
        long start = System.nanoTime();
        changed = false;
        try {
            file.write(program);
            requests.forEach(request -> request.set(null));
        } catch (IOException e) {
            failed = true;
            requests.forEach(request -> request.setException(e));
            program.failSave(e);
            failed = false;
        }
        requests.clear();
        lastEnd = System.nanoTime();
        lastDuration = lastEnd - start;
    }
}
