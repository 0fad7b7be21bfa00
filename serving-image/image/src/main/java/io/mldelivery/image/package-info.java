/** The model server and one model as a container image, made without a container engine. */
package io.mldelivery.image;
