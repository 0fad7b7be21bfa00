package io.jenkins.plugins.mldelivery.evidence;

import hudson.model.Run;
import io.mldelivery.evidence.EvidenceEvent;
import io.mldelivery.evidence.EvidenceLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The evidence of one build: {@value #FILE_NAME} in the build's folder on the controller. Steps append what they did
 * and decided; pages and reports read it. A build without a delivery step has none.
 *
 * <p>Safe between threads. An append is on disk when it returns, so it survives a restart.
 */
public final class BuildEvidence {
    /** The name of the file in the build's folder. */
    public static final String FILE_NAME = "evidence.jsonl";

    private final Run<?, ?> run;

    private BuildEvidence(Run<?, ?> run) {
        this.run = run;
    }

    public static BuildEvidence of(Run<?, ?> run) {
        return new BuildEvidence(run);
    }

    /** The file; it need not exist. */
    public Path file() {
        return run.getRootDir().toPath().resolve(FILE_NAME);
    }

    /** Whether anything was written. */
    public boolean exists() {
        return Files.exists(file());
    }

    /**
     * Adds one event. Before the first stands the build's beginning, and with it comes the build's evidence page;
     * the page comes back with the next event when the controller died before the build was stored with it.
     *
     * @param type one of the types in docs/reference/evidence.md
     * @param data the facts: maps, lists, texts, numbers or a record of such; must hold no secret
     * @return the event as written
     */
    public EvidenceEvent append(String type, Object data) {
        EvidenceLog log = EvidenceLog.at(file());
        synchronized (run) {
            if (!exists()) {
                log.append("build.started", BuildFacts.started(run));
            }
            EvidenceAction.attachTo(run);
        }
        return log.append(type, data);
    }

    /** All events in order; none when nothing was written. Fails when the file was tampered with. */
    public List<EvidenceEvent> events() {
        return EvidenceLog.at(file()).read();
    }
}
