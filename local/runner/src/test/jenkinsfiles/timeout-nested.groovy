// the inner of two timeouts
try { timeout(time: 1, unit: 'SECONDS') { timeout(time: 1, unit: 'HOURS') { sleep 60 } } } catch (e) { echo "${e.class.simpleName} ${e.causes[0].shortDescription}" }
