/** The step {@code sh}: commands that outlive the runner and are found again when it resumes. */
package io.mldelivery.runner.steps.process;
