/** The base of the steps' executions. */
package io.jenkins.plugins.mldelivery.step;
