package io.mldelivery.registry;

/** Where a tracked run stands; the names are MLflow's. */
public enum RunStatus {
    RUNNING,
    SCHEDULED,
    FINISHED,
    FAILED,
    KILLED
}
