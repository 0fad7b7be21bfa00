package io.mldelivery.gate.holdout;

import io.mldelivery.gate.file.ReportFile;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A job's ledger on disk. Safe between threads and processes; a write is whole or not there. */
public final class HoldoutFile {
    /** The usual name, in the job's folder. */
    public static final String NAME = "gate-holdouts.json";

    private static final Object IN_PROCESS = new Object();

    private final Path file;

    public HoldoutFile(Path file) {
        this.file = file;
    }

    /** The ledger; empty when there is no file yet. */
    public HoldoutLedger read() {
        return HoldoutLedger.parse(file.toString(), text());
    }

    /** The file's content; empty when there is none yet. */
    public String text() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /**
     * Writes a decision down. False when another decision by the same set came in between, so that the allowance was
     * too large: judge again with the ledger as it is now.
     */
    public boolean record(Allowance allowance, HoldoutUse use) {
        synchronized (IN_PROCESS) { // file locks are held on behalf of the whole process
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Path lock = file.resolveSibling(file.getFileName() + ".lock");
                try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = channel.lock()) {
                    return held.isValid() && recordLocked(allowance, use);
                }
            } catch (IOException e) {
                throw failed("write", e);
            }
        }
    }

    private boolean recordLocked(Allowance allowance, HoldoutUse use) {
        HoldoutLedger now = read();
        if (now.uses(allowance.set()).stream()
                .anyMatch(known -> known.decision().equals(use.decision()))) {
            return true;
        }
        if (now.uses(allowance.set()).size() != allowance.use() - 1) {
            return false;
        }
        ReportFile.write(file, now.with(allowance.set(), use).toJson());
        return true;
    }

    private DeliveryException failed(String what, IOException e) {
        return new DeliveryException(
                Code.ENVIRONMENT,
                "cannot " + what + " " + file + ": " + e.getMessage(),
                "Make the file and its folder readable and writable.",
                e);
    }
}
