package io.mldelivery.runner.machine;

/** Marks the descriptor of a step that runs blocks without taking one after its arguments: parallel and load. */
public interface BranchingStep {}
