/** Steps that give a block a machine and a folder. */
package io.mldelivery.runner.steps.node;
