/**
 * Processes that outlive their parent and locks that do not: {@link io.mldelivery.process.ProcessIdentity} finds a
 * process again after a restart, {@link io.mldelivery.process.ProcessGroup} ends it with all its children,
 * {@link io.mldelivery.process.FileMutex} lets one at a time through.
 */
package io.mldelivery.process;
