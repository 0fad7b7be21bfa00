/** Finds the reference of a deployed version by its lineage: alias, version, run, profile. */
package io.mldelivery.drift.lineage;
