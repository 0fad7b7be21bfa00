package io.mldelivery.runner;

/**
 * Something wrong in a Jenkinsfile.
 *
 * @param line from 1; 0 where it is not known
 * @param column from 1; 0 where it is not known
 * @param message one sentence
 */
public record Finding(int line, int column, String message) {}
