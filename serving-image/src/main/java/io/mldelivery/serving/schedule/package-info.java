/** Waiting, batching and running of predictions: bounded, with deadlines, without a thread for each request. */
package io.mldelivery.serving.schedule;
