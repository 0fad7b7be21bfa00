/** Steps on files of the workspace. */
package io.mldelivery.runner.steps.files;
