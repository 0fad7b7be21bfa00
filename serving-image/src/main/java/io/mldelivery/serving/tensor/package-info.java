/** Tensors as they travel between the wire and an engine, and the shapes and types a model declares for them. */
package io.mldelivery.serving.tensor;
