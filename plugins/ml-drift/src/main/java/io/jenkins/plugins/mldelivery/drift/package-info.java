/** The step {@code driftCheck}. */
package io.jenkins.plugins.mldelivery.drift;
