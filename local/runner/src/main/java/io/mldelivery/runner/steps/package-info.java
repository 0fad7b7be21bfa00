/** What the runner's own steps share. The steps behave and log as those of Jenkins' Pipeline plugins do. */
package io.mldelivery.runner.steps;
