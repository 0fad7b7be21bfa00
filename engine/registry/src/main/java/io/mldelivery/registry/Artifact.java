package io.mldelivery.registry;

/**
 * A file or folder among a run's artifacts.
 *
 * @param path relative to the run's artifact root, with {@code /} between folders
 * @param bytes the size; 0 for a folder
 */
public record Artifact(String path, boolean folder, long bytes) {}
