/** The step {@code withCredentials} and its bindings. */
package io.mldelivery.runner.steps.credentials;
