/** HTTP on Netty: connections with their limits, exchanges, and the routes of the two ports. */
package io.mldelivery.serving.http;
