/** Models: their folders, the engines that compute them, the proof by golden rows, and the store of what is served. */
package io.mldelivery.serving.model;
