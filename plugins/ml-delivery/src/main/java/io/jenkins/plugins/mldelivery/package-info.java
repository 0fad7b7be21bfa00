/** The base plugin of ML Delivery. */
package io.jenkins.plugins.mldelivery;
