package io.mldelivery.serving.model;

/** Where a model is on its way: only READY ones answer. */
public enum ModelState {
    LOADING,
    READY,
    FAILED
}
