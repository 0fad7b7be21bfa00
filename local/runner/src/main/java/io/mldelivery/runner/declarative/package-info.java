/** Declarative Pipelines: {@code pipeline} blocks are checked and turned into a model that an interpreter in Groovy runs. */
package io.mldelivery.runner.declarative;
