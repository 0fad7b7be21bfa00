/** How builds find the MLflow server and sign in. */
package io.jenkins.plugins.mldelivery.tracking;
