/** What the steps give back to a Pipeline, and how an outcome becomes a build result. */
package io.jenkins.plugins.mldelivery.outcome;
