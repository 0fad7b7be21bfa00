/** Registered versions as container images. Start at {@link io.mldelivery.registry.image.ServingImages}. */
package io.mldelivery.registry.image;
