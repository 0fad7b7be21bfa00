// the interruption of a timeout can be caught
try { timeout(time: 1, unit: 'SECONDS') { sleep 20 } } catch (org.jenkinsci.plugins.workflow.steps.FlowInterruptedException e) { echo "${e.result}" }
