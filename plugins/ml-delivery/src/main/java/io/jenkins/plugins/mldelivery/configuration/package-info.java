/** Settings for the whole controller. */
package io.jenkins.plugins.mldelivery.configuration;
