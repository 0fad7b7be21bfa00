/** What the paths of the two ports do. */
package io.mldelivery.serving.routes;
