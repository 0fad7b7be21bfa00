// timeout ends the processes of sh
node { try { timeout(time: 2, unit: 'SECONDS') { sh 'sleep 60' } } catch (e) { echo 'timed out' } }
