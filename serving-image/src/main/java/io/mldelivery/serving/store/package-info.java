/** What is served now: models by name and version, each with its queue and its state. */
package io.mldelivery.serving.store;
