/** Request and reply bodies: from bytes to tensors and back. Nothing here knows HTTP or an engine. */
package io.mldelivery.serving.wire;
