package io.mldelivery.rollout.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mldelivery.rollout.machine.Instance;

/**
 * A controller of somebody else's that keeps the pods of two versions and shifts requests between them. It is told what to do by
 * the spec of its object alone, so that the right to change the object is enough. Every call can be repeated without harm.
 */
interface Delegation {
    /** Which versions are where, as the object's status says. */
    Sides sides();

    /** How the pods of the version in the place of what is new are, as far as the controller tells. */
    Instance fresh();

    /** How the pods of the only version are. */
    Instance only();

    /** Brings a version to the place of what is new, without requests; to the stable place when there is nothing yet. */
    void bring(ObjectNode workload);

    /** Has the place of what is new get this share, 1 to 100. */
    void weigh(int percent);

    /**
     * Takes all requests from the place of what is new, at once.
     *
     * @param stable the object with the pods as the stable version's template has it
     */
    void leave(ObjectNode stable);

    /** Gives up what is new. */
    void withdraw(ObjectNode stable);

    /** Makes what is new stable; it has all requests already. */
    void settle();

    /** Removes the pods of the only version. */
    void remove();
}
