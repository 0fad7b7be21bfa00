/** Steps that steer: stages, branches, waiting, retrying, catching. */
package io.mldelivery.runner.steps.flow;
