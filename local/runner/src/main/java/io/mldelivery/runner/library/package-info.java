/** Shared libraries: folders with {@code vars/}, {@code src/} and {@code resources/}. */
package io.mldelivery.runner.library;
