/** Entry points: {@link io.mldelivery.runner.Runner} runs a Jenkinsfile, {@link io.mldelivery.runner.Linter} checks one. */
package io.mldelivery.runner;
