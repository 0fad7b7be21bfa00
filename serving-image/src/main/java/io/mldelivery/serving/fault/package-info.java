/** What can go wrong with a request, an option or a model, each with a code that clients can branch on. */
package io.mldelivery.serving.fault;
