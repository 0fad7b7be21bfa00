/** What one plugin asks of another without depending on it. Start at {@link io.jenkins.plugins.mldelivery.request.RetrainingDesk}. */
package io.jenkins.plugins.mldelivery.request;
