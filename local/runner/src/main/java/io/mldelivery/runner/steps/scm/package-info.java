/** The step {@code checkout}: the Jenkinsfile's own repository in the workspace. */
package io.mldelivery.runner.steps.scm;
