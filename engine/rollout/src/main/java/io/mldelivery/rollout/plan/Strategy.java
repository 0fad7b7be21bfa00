package io.mldelivery.rollout.plan;

/** How traffic moves from the old version to the new one. */
public enum Strategy {
    /** By rising weights, with a verdict at each. */
    CANARY,
    /** In equal batches, with a verdict at each. */
    ROLLING,
    /** All at once, after the new version has proved itself on warm-up requests; the old one stays until the verdict. */
    BLUE_GREEN,
    /** The new version gets copies of requests and answers nobody; it is compared and goes away again. */
    SHADOW,
    /** Who gets the new version is decided by a header, a cookie or the hash of a key, and stays so. */
    AB
}
