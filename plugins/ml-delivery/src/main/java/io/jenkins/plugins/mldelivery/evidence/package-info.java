/** A build's evidence as Jenkins sees it: where the file lies, who writes its first and last event, who may read it. */
package io.jenkins.plugins.mldelivery.evidence;
