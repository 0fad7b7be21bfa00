/** A build on this machine: its folder, log, record, parameters, credentials, workspaces and environment. */
package io.mldelivery.runner.build;
