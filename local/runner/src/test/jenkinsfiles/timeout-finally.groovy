// finally runs after a timeout
timeout(time: 1, unit: 'SECONDS') { try { sleep 20 } finally { echo 'cleaned' } }
