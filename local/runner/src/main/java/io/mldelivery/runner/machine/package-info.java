/** The machine: threads of transformed code, the steps they wait for, the bodies of steps, and the saved state. */
package io.mldelivery.runner.machine;
