/**
 * Python environments that are the same everywhere: made from a lock file with hashes, kept by its digest. Start at
 * {@link io.mldelivery.python.PythonEnvironments}.
 */
package io.mldelivery.python;
