package io.mldelivery.rollout.plan;

/** How traffic moves from the old version to the new one. */
public enum Strategy {
    /** By rising weights, with a verdict at each. */
    CANARY,
    /** All at once, after the new version has proved itself on warm-up requests; the old one stays until the verdict. */
    BLUE_GREEN
}
