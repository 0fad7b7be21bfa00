/** The model server's process: options, start, and the way down. Start reading at {@link io.mldelivery.serving.ServingMain}. */
package io.mldelivery.serving;
